"""In which form a paper is taken: PDF, a word processor's file, plain text. All draw the same blocks with the same lines around."""
