package io.postern.auth.internal;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The grammar of a JSON number (RFC 8259, section 6), without the sizes that make arithmetic expensive. */
final class JsonNumbers {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_EXPONENT = 999;

    /** Characters of a number that surely fits a long. */
    private static final int SURE_LONG = 18;

    private JsonNumbers() {}

    static Number read(JsonCursor cursor) {
        int start = cursor.position();
        cursor.skip('-');
        if (!cursor.skip('0')) {
            digits(cursor);
        }
        boolean integer = true;
        if (cursor.skip('.')) {
            digits(cursor);
            integer = false;
        }
        if (cursor.skip('e') || cursor.skip('E')) {
            if (!cursor.skip('+')) {
                cursor.skip('-');
            }
            digits(cursor);
            integer = false;
        }
        if (integer && cursor.position() - start <= SURE_LONG) {
            return cursor.integerSince(start);
        }
        String token = cursor.since(start);
        if (token.length() > MAX_LENGTH) {
            throw cursor.errorAt(start, "Number too long");
        }
        return integer ? integer(token) : decimal(token, cursor, start);
    }

    private static void digits(JsonCursor cursor) {
        if (!isDigit(cursor.peek())) {
            throw cursor.error("Expecting digit");
        }
        while (isDigit(cursor.peek())) {
            cursor.next();
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static Number integer(String token) {
        BigInteger value = new BigInteger(token);
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return new BigDecimal(value);
    }

    private static BigDecimal decimal(String token, JsonCursor cursor, int start) {
        try {
            BigDecimal value = new BigDecimal(token);
            long exponent = (long) value.precision() - value.scale() - 1;
            if (Math.abs(exponent) <= MAX_EXPONENT) {
                // A fraction marks it as the non-integer that it was.
                return value.scale() == 0 ? value.setScale(1) : value;
            }
        } catch (NumberFormatException tooLarge) {
            // The grammar has been checked, so only the exponent can be at fault.
        }
        throw cursor.errorAt(start, "Number out of range");
    }
}
