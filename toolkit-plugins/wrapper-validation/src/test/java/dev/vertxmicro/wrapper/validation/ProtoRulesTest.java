package dev.vertxmicro.wrapper.validation;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.buf.validate.FieldRules;
import build.buf.validate.Rule;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StringValue;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules as they stand in a .proto, here of a message made in code: a name, lines, and a person within a person. */
class ProtoRulesTest {
    private final Vertx vertx = Vertx.vertx();
    private final ProtoRules rules = ProtoRules.create(vertx);

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static FieldOptions rule(FieldRules.Builder rules) {
        return FieldOptions.newBuilder()
                .setExtension(ValidateProto.field, rules.build())
                .build();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    private static Descriptor person(FieldRules.Builder ofName) throws DescriptorValidationException {
        FieldRules.Builder line = FieldRules.newBuilder()
                .setRepeated(build.buf.validate.RepeatedRules.newBuilder()
                        .setItems(FieldRules.newBuilder()
                                .setString(StringRules.newBuilder().setMaxLen(3))));
        DescriptorProto person = DescriptorProto.newBuilder()
                .setName("Person")
                .addField(
                        field("name", 1, FieldDescriptorProto.Type.TYPE_STRING).setOptions(rule(ofName)))
                .addField(field("lines", 2, FieldDescriptorProto.Type.TYPE_STRING)
                        .setLabel(Label.LABEL_REPEATED)
                        .setOptions(rule(line)))
                .addField(field("parent", 3, FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName(".test.Person"))
                .build();
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("person.proto")
                .setPackage("test")
                .setSyntax("proto3")
                .addDependency(ValidateProto.getDescriptor().getFullName())
                .addMessageType(person)
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[] {ValidateProto.getDescriptor()})
                .findMessageTypeByName("Person");
    }

    private static FieldRules.Builder minLength(int length) {
        return FieldRules.newBuilder().setString(StringRules.newBuilder().setMinLen(length));
    }

    private static DynamicMessage.Builder named(Descriptor person, String name) {
        return DynamicMessage.newBuilder(person).setField(person.findFieldByName("name"), name);
    }

    @Test
    void findNothingWrongWithAGoodMessageNorWithOneThatHasNoRules() throws DescriptorValidationException {
        Descriptor person = person(minLength(2));
        assertThat(rules.check(named(person, "davie").build())).isEmpty();
        assertThat(rules.check(StringValue.of("anything"))).isEmpty();
        assertThat(rules.check("no message of protobuf")).isEmpty();
    }

    @Test
    void nameFieldAndRule() throws DescriptorValidationException {
        Descriptor person = person(minLength(2));
        assertThat(rules.check(named(person, "d").build())).singleElement().satisfies(broken -> {
            assertThat(broken.field()).isEqualTo("name");
            assertThat(broken.rule()).isEqualTo("string.min_len");
            assertThat(broken.text()).contains("2 characters");
        });
    }

    @Test
    void nameThePathOfAFieldWithinFields() throws DescriptorValidationException {
        Descriptor person = person(minLength(2));
        DynamicMessage parent = named(person, "mary")
                .addRepeatedField(person.findFieldByName("lines"), "ok")
                .addRepeatedField(person.findFieldByName("lines"), "too long")
                .build();
        DynamicMessage child = named(person, "d")
                .setField(person.findFieldByName("parent"), parent)
                .build();
        assertThat(rules.check(child))
                .extracting(BrokenRule::field)
                .containsExactlyInAnyOrder("name", "parent.lines[1]");
    }

    @Test
    void aRuleThatCannotBeCompiledIsAnErrorOfOurs() throws DescriptorValidationException {
        Descriptor person = person(FieldRules.newBuilder()
                .addCel(Rule.newBuilder().setId("odd").setExpression("this +").setMessage("odd")));
        assertThatThrownBy(() -> rules.check(named(person, "davie").build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rules of test.Person cannot be used");
    }

    @Test
    void areReadyBeforeTheFirstMessage() {
        assertThat(result(rules.prepare(StringValue.class).map("ready"))).isEqualTo("ready");
        assertThat(result(rules.prepare(String.class).map("ready"))).isEqualTo("ready");
    }
}
