package dev.vertxmicro.kotlin

import io.vertx.core.Future
import io.vertx.core.Promise
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

class MessageQueueTest {
    private val switches = mutableListOf<String>()
    private val queue = MessageQueue<Int>({ switches += "pause" }, { switches += "resume" })

    @Test
    fun `lets messages flow until many wait`() {
        repeat(MessageQueue.HIGH - 1) { queue.add(it) }
        assertThat(switches).isEmpty()
        queue.add(0)
        assertThat(switches).containsExactly("pause")
        queue.add(0)
        assertThat(switches).containsExactly("pause")
    }

    @Test
    fun `lets messages flow again when few wait`() = runBlocking<Unit> {
        repeat(MessageQueue.HIGH) { queue.add(it) }
        val most = MessageQueue.HIGH - MessageQueue.LOW
        assertThat(queue.asFlow().take(most - 1).toList()).hasSize(most - 1)
        assertThat(switches).containsExactly("pause")
        assertThat(queue.asFlow().take(1).toList()).hasSize(1)
        assertThat(switches).containsExactly("pause", "resume")
    }

    @Test
    fun `ends after the last message`() = runBlocking<Unit> {
        queue.add(1)
        queue.endWith(Future.succeededFuture())
        assertThat(queue.asFlow().toList()).containsExactly(1)
    }

    @Test
    fun `fails as the stream does, after the last message`() {
        val ended = Promise.promise<Void>()
        queue.endWith(ended.future())
        queue.add(1)
        ended.fail(IllegalStateException("gone"))
        val seen = mutableListOf<Int>()
        assertThatThrownBy { runBlocking { queue.asFlow().collect { seen += it } } }.hasMessage("gone")
        assertThat(seen).containsExactly(1)
    }
}
