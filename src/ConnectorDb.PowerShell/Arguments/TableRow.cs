using System.Buffers;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>An object whose properties give the parameters of a cmdlet, such as a row of Import-Csv.</summary>
/// <remarks>
/// PowerShell drops properties that are no parameters, and converts an object without any to text. It shows the object to the parameter
/// for the name before it binds the properties on the same thread, so that the cmdlet takes the object from here.
/// </remarks>
internal static class TableRow
{
    private static readonly SearchValues<char> s_delimiters = SearchValues.Create(";,\t|");

    [ThreadStatic]
    private static PSObject? s_bound;

    /// <summary>The row of an argument; null for a value.</summary>
    /// <exception cref="InvalidValueException">The argument is a hashtable, whose entries PowerShell does not bind.</exception>
    public static PSObject? Of(object? argument, string kind) => PowerShellObject.Unwrap(argument) switch
    {
        PSCustomObject or System.Data.DataRow => PSObject.AsPSObject(argument!),
        System.Collections.IDictionary => throw new InvalidValueException($"A hashtable is not the name of a {kind}, and gives no parameters in the pipeline. Make it an object: [pscustomobject]@{{ Name = 'x' }}.", argument),
        _ => null,
    };

    /// <summary>The name in a row: the first of the properties that is there, in the order in which PowerShell binds them.</summary>
    /// <exception cref="InvalidValueException">The row has no such property, or its value is empty.</exception>
    public static string NameIn(PSObject row, string kind, params IReadOnlyList<string> names)
    {
        s_bound = row;
        string[] columns = [.. Members.Names(row)];
        if (names.FirstOrDefault(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase)) is not { } found)
        {
            throw columns is [var only] && only.AsSpan().IndexOfAny(s_delimiters) is >= 0 and var at
                ? new InvalidValueException($"The rows have one column, '{only}', so their file has another delimiter than the one given: Import-Csv -Delimiter '{(only[at] == '\t' ? "`t" : only[at])}'.", row)
                : new InvalidValueException($"The object has no property that names the {kind}: {Listed(names, "or")}. Its properties are {Listed(columns, "and")}.", row);
        }

        string text = Convert.ToString(PowerShellObject.Unwrap(Members.Get(row, found)), CultureInfo.InvariantCulture) ?? "";
        return text.Trim().Length > 0 ? text
            : throw new InvalidValueException($"The property {found} is empty in {string.Join("; ", columns.Select(column => $"{column}={Members.Get(row, column)}"))}. It is the name of the {kind}.", row);
    }

    /// <summary>True while PowerShell binds the properties of a row.</summary>
    public static bool IsBinding => s_bound is not null;

    /// <summary>The row that was just bound; null when the parameters came from elsewhere.</summary>
    public static PSObject? Take()
    {
        PSObject? bound = s_bound;
        s_bound = null;
        return bound;
    }

    private static string Listed(IReadOnlyList<string> names, string last)
        => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} {last} {names[^1]}";
}
