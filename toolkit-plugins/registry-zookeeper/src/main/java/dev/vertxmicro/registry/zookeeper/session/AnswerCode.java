package dev.vertxmicro.registry.zookeeper.session;

import java.util.Locale;
import org.apache.zookeeper.KeeperException.Code;

/**
 * What a code of ZooKeeper means to us.
 *
 * @param kind   what follows
 * @param status of the error, for what is refused
 * @param text   for the error
 */
record AnswerCode(Kind kind, int status, String text) {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int INTERNAL = 500;

    /** What follows. */
    enum Kind {
        /** The one who asked knows what to make of it. */
        ANSWER,
        /** The connection was lost; the request is sent again. */
        AGAIN,
        /** An error. */
        REFUSED
    }

    static AnswerCode of(int number) {
        Code code = Code.get(number);
        if (code == null) {
            return new AnswerCode(Kind.REFUSED, INTERNAL, "error " + number);
        }
        String text = code.name().toLowerCase(Locale.ROOT);
        return switch (code) {
            case OK, NONODE, NODEEXISTS, NOTEMPTY, BADVERSION -> new AnswerCode(Kind.ANSWER, 0, text);
            case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
                new AnswerCode(Kind.AGAIN, INTERNAL, text);
            case NOAUTH -> new AnswerCode(Kind.REFUSED, FORBIDDEN, "not allowed (expected: a user who may)");
            case AUTHFAILED, SESSIONCLOSEDREQUIRESASLAUTH -> new AnswerCode(Kind.REFUSED, UNAUTHORIZED, text);
            default -> new AnswerCode(Kind.REFUSED, INTERNAL, text);
        };
    }
}
