"""The queue in Redis: kombu's, but what is no message of ours is set aside, and the worker lives."""

# mypy: disable-error-code="no-untyped-call"

import logging
from collections.abc import Callable
from queue import Empty
from typing import Any, TypeVar

from kombu.transport import redis
from kombu.utils.encoding import bytes_to_str
from redis.exceptions import ResponseError

from work.messages import MOST_BYTES, message_of

logger = logging.getLogger("amparo.queue")
REFUSED = "amparo.refused"  # a list beside the queues; and what was of a wrong kind, under its name behind this word
MOST_KEPT = 100
DEFAULT_QUEUE = "celery"
Answer = TypeVar("Answer")


def set_aside(client: Any, raw: bytes, fault: Exception) -> None:
    """Keep what was refused, as far as it is not too large, and say in the log that there was something."""
    client.lpush(REFUSED, bytes(raw)[:MOST_BYTES])
    client.ltrim(REFUSED, 0, MOST_KEPT - 1)
    logger.warning("A message in Redis cannot be read (%s); it was set aside.", type(fault).__name__)


class QoS(redis.QoS):
    """Keeps what was taken and not yet done. A planted entry is never given back to a queue."""

    def append(self, message: Any, delivery_tag: str) -> None:
        """Note that a message was taken."""
        self.channel.mending(lambda: super(QoS, self).append(message, delivery_tag))

    def ack(self, delivery_tag: str) -> None:
        """Note that a message is done."""
        self.channel.mending(lambda: super(QoS, self).ack(delivery_tag))

    def restore_visible(self, *how: Any, **more: Any) -> None:
        """Give back what nobody finished in time."""
        self.channel.mending(lambda: super(QoS, self).restore_visible(*how, **more))

    def restore_by_tag(self, tag: Any, client: Any = None, leftmost: bool = False) -> None:
        """Give one message back; what is none of ours is set aside."""
        with self.channel.conn_or_acquire(client) as here:
            held = here.hget(self.unacked_key, tag)
            try:
                _entry(held)
            except Exception as fault:  # whatever reading it raises: the worker lives
                self._remove_from_indices(tag, here.pipeline()).execute()
                set_aside(here, held, fault)
                return
        super().restore_by_tag(tag, client, leftmost)


def _entry(held: bytes | None) -> None:
    """Raise unless this entry is a message of ours with the way that it takes."""
    if held is None:
        return
    message, exchange, routing_key = redis.loads(bytes_to_str(held))
    if not isinstance(exchange, str) or not isinstance(routing_key, str):
        raise ValueError("A message says where it goes.")
    message_of(redis.dumps(message).encode())


class RedisChannel(redis.Channel):
    """Takes messages one by one, and judges each before anything else sees it."""

    QoS = QoS

    def _brpop_read(self, **options: Any) -> bool:
        """Deliver what lay first in a queue, as kombu does, but judged."""
        try:
            found = self.mending(lambda: self._answer(options), is_asked_once=True)
            if not found:
                raise Empty
            place, raw = found
            queue = bytes_to_str(place).rsplit(self.sep, 1)[0]
            self._queue_cycle.rotate(queue)
            self.connection._deliver(self._judged(raw), queue)
            return True
        finally:
            self._in_poll = False
            self._flush_brpop_reauth()

    def _answer(self, options: dict[str, Any]) -> Any:
        try:
            return self.client.parse_response(self.client.connection, "BRPOP", **options)
        except self.connection_errors:
            self.client.connection.disconnect()
            raise

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        with self.conn_or_acquire() as client:
            for priority in self.priority_steps:
                if raw := client.rpop(self._q_for_pri(queue, priority)):
                    return self._judged(raw)
        raise Empty

    def _handle_message(self, client: Any, answer: Any) -> Any:
        """Take what was called out to all workers; what is none of ours is not passed on."""
        payload = super()._handle_message(client, answer)
        if bytes_to_str(payload["type"]).endswith("message") and payload["data"]:
            try:
                self._judged(payload["data"])
            except Empty:
                payload["data"] = None  # what came behind it is still read
        return payload

    def get_table(self, exchange: str) -> Any:
        """Who listens to an exchange; what names nobody is left out."""
        return [row for row in self.mending(lambda: super(RedisChannel, self).get_table(exchange)) if len(row) == 3]

    def _queue_bind(self, exchange: str, *how: Any) -> None:
        self.mending(lambda: super(RedisChannel, self)._queue_bind(exchange, *how))

    def _size(self, queue: str) -> int:
        return int(self.mending(lambda: super(RedisChannel, self)._size(queue)))

    def _judged(self, raw: bytes) -> dict[str, Any]:
        try:
            return message_of(raw)
        except Exception as fault:  # whatever reading it raises: the worker lives
            with self.conn_or_acquire() as client:
                set_aside(client, raw, fault)
            raise Empty from None

    def mending(self, act: Callable[[], Answer], *, is_asked_once: bool = False) -> Answer:
        """Do this; where a key of the queue is of a wrong kind, set it aside and do it again, unless it was asked once."""
        try:
            return act()
        except ResponseError as fault:
            if "WRONGTYPE" not in str(fault) or not self._put_in_order():
                raise
        if is_asked_once:
            raise Empty
        return act()

    def _put_in_order(self) -> bool:
        names = {DEFAULT_QUEUE, *self.active_queues}
        kinds = {self._q_for_pri(name, step): "list" for name in names for step in self.priority_steps}
        kinds |= {self.unacked_key: "hash", self.unacked_index_key: "zset"}
        moved = []
        with self.conn_or_acquire() as client:
            kinds |= {bytes_to_str(key): "set" for key in client.scan_iter(self.keyprefix_queue % "*")}
            for key, kind in kinds.items():
                if bytes_to_str(client.type(key)) not in {kind, "none"}:
                    client.rename(key, f"{REFUSED}.{key}")
                    moved.append(key)
        for key in moved:
            logger.warning("The key %s of Redis is of a wrong kind; it was set aside.", key)
        return bool(moved)


class RedisTransport(redis.Transport):
    """kombu's transport with our channel."""

    Channel = RedisChannel
