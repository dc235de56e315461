package io.postern.conformance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Fills in the names within JSON; what is nothing but a time becomes a number.
 *
 * @param filler fills in the names of a string
 */
record ForgedTree(UnaryOperator<String> filler) {

    private static final Pattern TIME = Pattern.compile("\\$\\{(now|userCutoff)[^{}]*}");

    JsonNode filled(JsonNode value) {
        if (value.isTextual()) {
            String text = filler.apply(value.textValue());
            return TIME.matcher(value.textValue()).matches()
                    ? LongNode.valueOf(Long.parseLong(text))
                    : TextNode.valueOf(text);
        }
        if (value.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> filled.add(filled(item)));
            return filled;
        }
        return value.isObject() ? merged(JsonNodeFactory.instance.objectNode(), value) : value;
    }

    /** Sets members, null ones too. */
    ObjectNode merged(ObjectNode into, JsonNode members) {
        members.properties().forEach(member -> into.set(member.getKey(), filled(member.getValue())));
        return into;
    }
}
