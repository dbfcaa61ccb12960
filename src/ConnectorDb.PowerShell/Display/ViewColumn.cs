using System.Management.Automation;

namespace ConnectorDb.PowerShell.Display;

/// <summary>A column of a table, or a line of a list: a property of the object, or a script that computes a value from it.</summary>
/// <param name="Label">The heading. For a column that shows a property, the default is the name of the property.</param>
internal sealed record ViewColumn(string Label, DisplayEntry Value)
{
    private const string Time = "yyyy-MM-dd HH:mm:ss";

    public Alignment Alignment { get; init; }

    /// <summary>Number of characters; 0 lets PowerShell choose.</summary>
    public int Width { get; init; }

    /// <summary>A .NET composite format, such as <c>{0:G6}</c>.</summary>
    public string? Format { get; init; }

    /// <summary>The heading; null for a list, which uses the name of the property.</summary>
    public string? ListLabel => Value.ValueType == DisplayEntryValueType.Property && Label == Value.Value ? null : Label;

    public static implicit operator ViewColumn(string property) => Property(property, property);

    public static ViewColumn Property(string label, string property) => new(label, new DisplayEntry(property, DisplayEntryValueType.Property));

    public static ViewColumn Script(string label, string script) => new(label, new DisplayEntry(script, DisplayEntryValueType.ScriptBlock));

    /// <summary>A time in the zone of the user, to the second; empty when the expression is null.</summary>
    public static ViewColumn LocalTime(string label, string expression) =>
        Script(label, $"$time = {expression}; if ($time) {{ {Local("$time", Time)} }}");

    /// <summary>A time in the zone that it has, to the second.</summary>
    public static ViewColumn ZonedTime(string label, string expression) =>
        Script(label, $"({expression}).ToString('{Time}', [cultureinfo]::InvariantCulture)") with { Width = Time.Length };

    /// <summary>A time in the zone of the user, to the millisecond, in a column that is as wide as its text.</summary>
    public static ViewColumn LocalMilliseconds(string label, string expression) =>
        Script(label, Local(expression, Time + ".fff")) with { Width = 23 };

    /// <summary>The expression for a time in the zone of the user. Calendar and digits are those of ISO 8601, which parameters take.</summary>
    public static string Local(string expression, string format = Time) =>
        $"{expression}.ToLocalTime().ToString('{format}', [cultureinfo]::InvariantCulture)";

    // In a table, PowerShell gives each number the decimals of the culture: 1.500 for 1.5.
    /// <summary>The expression for a value as PowerShell shows it alone: a number in the culture of the session, with its own digits.</summary>
    public static string Natural(string expression) => $$"""
        $value = {{expression}}
        if ($value -is [double]) { $value.ToString([cultureinfo]::CurrentCulture) } elseif ($value -is [long]) { $value.PSBase.ToString([cultureinfo]::CurrentCulture) } else { $value }
        """;

    /// <summary>A number with at most so many characters: all digits, or ten or six where a table would cut them off.</summary>
    public static ViewColumn Number(string property) =>
        Script(property, $"$number = $_.PSBase.{property}; if ($null -ne $number) {{ foreach ($format in 'R', 'G10', 'G6') {{ $text = $number.ToString($format, [cultureinfo]::CurrentCulture); if ($text.Length -le 13) {{ break }} }}; $text }}") with { Width = 13, Alignment = Alignment.Right };

    public ViewColumn Left() => this with { Alignment = Alignment.Left };

    public ViewColumn Right() => this with { Alignment = Alignment.Right };
}
