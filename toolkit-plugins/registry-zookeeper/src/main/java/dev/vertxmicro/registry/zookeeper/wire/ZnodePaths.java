package dev.vertxmicro.registry.zookeeper.wire;

import java.util.Optional;

/**
 * Where go-plugins' registry keeps what: {@code /micro-registry/<service>/<node id>}, with {@code -} for each {@code /}
 * in either.
 *
 * @param base the path of all services
 */
public record ZnodePaths(String base) {
    private static final String PREFIX = "/micro-registry";
    private static final int LONGEST = 1024;

    /**
     * Places everything under a path.
     *
     * @param chroot the path; empty for none
     * @return the paths
     */
    public static ZnodePaths under(String chroot) {
        return new ZnodePaths(chroot + PREFIX);
    }

    /**
     * Names the folder of a service.
     *
     * @param service its name
     * @return the last part of its path
     */
    public static String folder(String service) {
        return service.replace('/', '-');
    }

    /**
     * Gives the path of a folder, or of something in it.
     *
     * @param parts names below the base
     * @return the path
     */
    public String path(String... parts) {
        return base + "/" + String.join("/", parts);
    }

    /**
     * Gives the path of a node.
     *
     * @param service its service
     * @param id      its id
     * @return the path
     */
    public String node(String service, String id) {
        return path(folder(service), folder(id));
    }

    /**
     * Takes a path apart.
     *
     * @param path any path
     * @return its names below the base, one or two; empty if it is elsewhere
     */
    public Optional<String[]> parts(String path) {
        if (!path.startsWith(base + "/")) {
            return Optional.empty();
        }
        String[] parts = path.substring(base.length() + 1).split("/", -1);
        return parts.length <= 2 ? Optional.of(parts) : Optional.empty();
    }

    /**
     * Tells whether a name can be part of a path: ZooKeeper takes no control characters, surrogates or lone dots.
     *
     * @param name of a service or node
     * @return true if so
     */
    public static boolean fits(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(ZnodePaths::fits);
    }

    private static boolean fits(int c) {
        return c > '\u001f' && (c < '\u007f' || c > '\u009f') && (c < '\ud800' || c > '\uf8ff') && c < '\ufff0';
    }
}
