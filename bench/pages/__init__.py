"""Pages measured as they are served: each request through the real WSGI application, with the real life of connections."""
