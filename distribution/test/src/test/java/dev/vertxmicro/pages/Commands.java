package dev.vertxmicro.pages;

import dev.vertxmicro.testkit.program.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of commands of a page, and what its comment says of it: {@code <!-- run: stays; prints "x"; needs mosquitto -->}.
 *
 * @param line   of the page
 * @param text   the commands
 * @param stays  they run until the page ends
 * @param fails  the last of them ends with another exit code than 0
 * @param elsewhere they cannot run in a clone, for the reason that the comment gives
 * @param prints parts of lines of their output, in this order
 * @param later  the same, when the page has ended
 * @param needs  what has to be installed
 */
record Commands(
        int line,
        String text,
        boolean stays,
        boolean fails,
        boolean elsewhere,
        List<String> prints,
        List<String> later,
        List<Requirement> needs) {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- run: ([^\\n]*) -->\\n)?```sh\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern CLAUSE =
            Pattern.compile("(stays|fails|elsewhere|prints|later|needs)(?: \"([^\"]*)\"| (\\w+))?(?:; |$)");

    /** Reads the blocks of a page that are marked as commands. */
    static List<Commands> of(String page) {
        List<Commands> all = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            int line = (int) page.substring(0, block.start(2)).lines().count() + 1;
            all.add(read(line, block.group(2), block.group(1) == null ? "" : block.group(1)));
        }
        return all;
    }

    private static Commands read(int line, String text, String said) {
        boolean stays = false;
        boolean fails = false;
        boolean elsewhere = false;
        List<String> prints = new ArrayList<>();
        List<String> later = new ArrayList<>();
        List<Requirement> needs = new ArrayList<>();
        Matcher clause = CLAUSE.matcher(said);
        int end = 0;
        while (clause.find() && clause.start() == end) {
            end = clause.end();
            switch (clause.group(1)) {
                case "stays" -> stays = true;
                case "fails" -> fails = true;
                case "elsewhere" -> elsewhere = true;
                case "later" -> later.add(clause.group(2));
                case "prints" -> prints.add(clause.group(2));
                default -> needs.add(Requirement.valueOf(clause.group(3).toUpperCase(Locale.ROOT)));
            }
        }
        if (end != said.length()) {
            throw new IllegalArgumentException("line " + line + ": run: " + said.substring(end)
                    + " (expected: stays; fails; prints \"text\"; later \"text\"; needs program; elsewhere \"why\")");
        }
        return new Commands(
                line, text, stays, fails, elsewhere, List.copyOf(prints), List.copyOf(later), List.copyOf(needs));
    }
}
