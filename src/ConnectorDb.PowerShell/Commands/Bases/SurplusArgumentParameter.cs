using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Takes an argument that no other parameter takes, to refuse it with the way to write it.</summary>
/// <remarks>
/// PowerShell's own error, "A positional parameter cannot be found", does not say why. Dynamic parameters are the last that get what is left.
/// </remarks>
/// <param name="refuse">Ends the cmdlet.</param>
internal sealed class SurplusArgumentParameter(Action<object?> refuse)
{
    [Parameter(ValueFromRemainingArguments = true, DontShow = true)]
    public object?[] SurplusArgument
    {
        get;
        set
        {
            field = value;
            refuse(value[0]);
        }
    } = [];
}
