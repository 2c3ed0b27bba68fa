package dev.vertxmicro.wrapper.metrics.series;

import dev.vertxmicro.error.MicroException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The labels of outcomes, few whatever peers answer: a code that is in use has its own, of the others those of the 400s share one, as do
 * those of the 500s, and the rest.
 */
public final class CodeLabels {
    /** The code of a success. */
    static final int SUCCESS = 200;

    /** The largest code that may have its own label. */
    public static final int LARGEST = 599;

    private static final int FAILURE = 500;
    private static final int CLASS = 100;
    private static final List<Integer> USUAL = List.of(
            0, SUCCESS, 400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 429, 499, FAILURE, 501, 502, 503, 504);

    private final List<String> labels = new ArrayList<>(List.of("other", "4xx", "5xx"));
    private final byte[] places = new byte[LARGEST + 1];

    /**
     * Makes them.
     *
     * @param further codes beside the usual ones, 1 to {@link #LARGEST}, no more than 50
     */
    public CodeLabels(List<Integer> further) {
        Arrays.fill(places, 4 * CLASS, 5 * CLASS, (byte) 1);
        Arrays.fill(places, 5 * CLASS, places.length, (byte) 2);
        USUAL.forEach(this::add);
        further.stream().filter(code -> !USUAL.contains(code)).distinct().forEach(this::add);
    }

    private void add(int code) {
        places[code] = (byte) labels.size();
        labels.add(Integer.toString(code));
    }

    /** Counts the labels. */
    int size() {
        return labels.size();
    }

    /** Gives the label at a place. */
    String label(int place) {
        return labels.get(place);
    }

    /** Finds the place of a code. */
    int place(int code) {
        return code < 0 || code > LARGEST ? 0 : places[code];
    }

    /** Finds the place of a failure; one of a handler that is none of ours is told to callers as 500. */
    int place(Throwable failure) {
        return place(failure instanceof MicroException error ? error.code() : FAILURE);
    }
}
