using System.Collections;

namespace ConnectorDb.PowerShell.Values;

/// <summary>An array as the argument of a cmdlet: one value for each element, or one value where the schema leaves no doubt.</summary>
internal static class ArrayArgument
{
    /// <summary>The array or list; null for other values and for objects.</summary>
    public static ICollection? Of(object? argument) => PowerShellObject.Unwrap(argument) is ICollection items and not IDictionary ? items : null;

    /// <summary>True when the array is one value: the schema allows only arrays, and its elements are none.</summary>
    /// <param name="schema">Reads the schema, which can take a request.</param>
    public static bool IsOneValue(ICollection items, Func<TextNumbers?> schema)
        => items.Count > 0 && schema() is { IsOfArrays: true } && items.Cast<object?>().All(item => PowerShellObject.Unwrap(item) is null or string or ValueType);
}
