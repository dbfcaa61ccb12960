using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Takes an argument whose position belongs to a parameter of another set, to refuse it by the name of that parameter.</summary>
/// <remarks>
/// PowerShell leaves such an argument unbound, and its own error, "A positional parameter cannot be found", does not say why. Dynamic
/// parameters are the last that get what is left.
/// </remarks>
/// <param name="combination">The parameters that were bound.</param>
internal sealed class SurplusArgumentParameter(ParameterCombination combination)
{
    [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
    public object?[] SurplusArgument
    {
        get;
        set
        {
            field = value;
            throw UnknownParameter(value[0]) is { } name
                ? new SetValueException($"A parameter cannot be found that matches parameter name '{name}'.")
                : combination.Surplus(value[0]);
        }
    } = [];

    // An unknown parameter comes as text with its dash.
    private static string? UnknownParameter(object? argument)
        => PowerShellObject.Unwrap(argument) is string and ['-', >= 'A' and <= 'z', ..] text ? text.TrimStart('-').TrimEnd(':') : null;
}
