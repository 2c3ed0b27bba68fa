package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {
    private final StreamPlaces places = new StreamPlaces();

    private List<StreamPlaces.Place> takeAll(String address) {
        List<StreamPlaces.Place> taken = new ArrayList<>();
        while (true) {
            try {
                taken.add(places.take(address));
            } catch (MicroException full) {
                return taken;
            }
        }
    }

    @Test
    void givesHalfToWhoIsAlone() {
        assertThat(takeAll("a")).hasSize(StreamPlaces.MOST / 2);
    }

    @Test
    void leavesRoomForOthersHoweverManyTakeAll() {
        for (int i = 0; i < 9; i++) {
            assertThat(takeAll("greedy " + i)).isNotEmpty();
        }
        assertThat(takeAll("late")).isNotEmpty();
    }

    @Test
    void refusesAsNotTaken() {
        takeAll("a");
        MicroException full = catchThrowableOfType(MicroException.class, () -> places.take("a"));
        assertThat(full.code()).isEqualTo(503);
        assertThat(full.fault()).isEqualTo(Fault.NOT_TAKEN);
    }

    @Test
    void givesAPlaceBackOnce() {
        List<StreamPlaces.Place> all = takeAll("a");
        all.get(0).giveBack();
        all.get(0).giveBack();
        assertThat(takeAll("a")).hasSize(1);
    }
}
