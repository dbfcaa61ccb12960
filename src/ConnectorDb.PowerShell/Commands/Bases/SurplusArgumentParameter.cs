using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Takes an argument that no other parameter takes, to refuse it with the way to write it.</summary>
/// <remarks>
/// PowerShell's own error, "A positional parameter cannot be found", does not say why. Dynamic parameters are the last that get what is left.
/// </remarks>
/// <param name="combination">The parameters that were bound.</param>
/// <param name="tryRefuse">Ends the cmdlet before it begins. Returns false when PowerShell asks for another parameter before.</param>
internal sealed class SurplusArgumentParameter(ParameterCombination combination, Func<ErrorRecord, bool> tryRefuse)
{
    [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
    public object?[] SurplusArgument
    {
        get;
        set
        {
            field = value;
            ErrorRecord error = UnknownParameter(value[0]) is { } name
                ? Error($"A parameter cannot be found that matches parameter name '{name}'.", "NamedParameterNotFound", name)
                : Error(combination.Surplus(value[0]), "ParameterBindingFailed", value[0]);
            if (!tryRefuse(error))
            {
                // PowerShell writes the name of this parameter before the message.
                throw new SetValueException(error.Exception.Message);
            }
        }
    } = [];

    private static ErrorRecord Error(string message, string id, object? argument) => new(new ParameterBindingException(message), id, ErrorCategory.InvalidArgument, argument);

    // An unknown parameter comes as text with its dash.
    private static string? UnknownParameter(object? argument)
        => PowerShellObject.Unwrap(argument) is string and ['-', >= 'A' and <= 'z', ..] text ? text.TrimStart('-').TrimEnd(':') : null;
}
