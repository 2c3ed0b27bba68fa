package dev.vertxmicro.broker;

import dev.vertxmicro.broker.MemoryGroup.Item;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** One attempt of one member; the first to settle it counts. */
final class MemoryDelivery implements Delivery {
    private final MemoryMember member;
    private final Item item;
    private boolean settled;

    MemoryDelivery(MemoryMember member, Item item) {
        this.member = member;
        this.item = item;
    }

    @Override
    public String topic() {
        return member.topic();
    }

    @Override
    public Message message() {
        return item.message();
    }

    @Override
    public int attempt() {
        return item.attempt();
    }

    @Override
    public Future<Void> ack() {
        return settle(later -> member.group().done(later));
    }

    @Override
    public Future<Void> nack(String reason) {
        return settle(later -> member.group().again(item, member.options(), reason, later));
    }

    @Override
    public Future<Void> reject(String reason) {
        return settle(later -> member.group().giveUp(item, member.options(), reason, later));
    }

    private Future<Void> settle(Consumer<List<Runnable>> how) {
        return member.broker().change(later -> {
            if (!settled) {
                settled = true;
                member.settled();
                how.accept(later);
            }
        });
    }
}
