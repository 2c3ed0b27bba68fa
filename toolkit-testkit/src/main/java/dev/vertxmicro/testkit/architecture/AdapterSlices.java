package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** One slice for each adapter: {@code root.transport.http} and all below it. Rooms of toolkit-core are none. */
record AdapterSlices(String root) implements SliceAssignment {
    @Override
    public String getDescription() {
        return "adapters";
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        String prefix = root + ".";
        if (!javaClass.getPackageName().startsWith(prefix)) {
            return SliceIdentifier.ignore();
        }
        String[] names = javaClass.getPackageName().substring(prefix.length()).split("\\.", -1);
        return names.length >= 2 && Layers.isLayer(names[0]) && !Layers.isRoom(names[0], names[1])
                ? SliceIdentifier.of(names[0], names[1])
                : SliceIdentifier.ignore();
    }
}
