package dev.vertxmicro.selector.balancing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws indexes by weight in constant time: Walker's alias method, made as Vose has it (IEEE Trans. Softw. Eng. 17, 1991). */
final class AliasTable {
    /** How far an index keeps what is drawn for it, of 1. */
    private final double[] keeps;
    /** Who has the rest. */
    private final int[] alias;

    private AliasTable(double[] keeps, int[] alias) {
        this.keeps = keeps;
        this.alias = alias;
    }

    /** Where all weigh nothing, they weigh the same. */
    static AliasTable of(int[] weights) {
        int size = weights.length;
        double sum = Arrays.stream(weights).asLongStream().sum();
        double[] keeps = new double[size];
        int[] alias = new int[size];
        int[] small = new int[size];
        int[] large = new int[size];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < size; i++) {
            alias[i] = i;
            keeps[i] = sum == 0 ? 1 : weights[i] * size / sum;
            if (keeps[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            alias[poor] = rich;
            keeps[rich] -= 1 - keeps[poor];
            if (keeps[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        return new AliasTable(keeps, alias);
    }

    int draw(RandomGenerator random) {
        int drawn = random.nextInt(keeps.length);
        return random.nextDouble() < keeps[drawn] || alias[drawn] == drawn ? drawn : alias[drawn];
    }
}
