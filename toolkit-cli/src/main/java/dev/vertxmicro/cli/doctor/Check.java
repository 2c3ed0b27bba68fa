package dev.vertxmicro.cli.doctor;

/** Looks at one thing. */
public interface Check {
    /**
     * Gives what it looks at.
     *
     * @return one word
     */
    String subject();

    /**
     * Looks; may wait some seconds.
     *
     * @return what was found
     * @throws Exception what is wrong, if it was not expected
     */
    Finding look() throws Exception;
}
