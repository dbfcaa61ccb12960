using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>The prefix of the streams of an object that has none, as in Initial State: <c>list</c>, <c>dict</c>, or the name of the type.</summary>
internal static class ObjectPrefix
{
    private const string Dictionary = "dict";

    /// <exception cref="InvalidValueException">The value has no members.</exception>
    public static string Of(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        return bare switch
        {
            IDictionary => Dictionary,
            IEnumerable and not string => "list",
            null => throw NotAnObject(given),
            Datapoint => throw new InvalidValueException("The object is a datapoint. Give its stream as -Stream.", given),
            _ when bare is not PSCustomObject && DataValue.TryFromNatural(bare, out _) => throw NotAnObject(given),

            // The type of an object of Select-Object is Selected.System.Diagnostics.Process. An object that has only names and values is a
            // dictionary in Python.
            _ => PSObject.AsPSObject(given!).TypeNames[0].Split('.')[^1] is var type && type != nameof(PSCustomObject) ? type : Dictionary,
        };
    }

    private static InvalidValueException NotAnObject(object? given)
        => new($"'{given}' is a value and not an object with properties. Write it to a stream with -Stream and -Value, or give its stream as -Prefix.", given);
}
