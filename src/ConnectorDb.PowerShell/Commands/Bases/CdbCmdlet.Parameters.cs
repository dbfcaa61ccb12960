using System.Management.Automation;
using System.Runtime.CompilerServices;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <content>The parameters and preferences of a call.</content>
public abstract partial class CdbCmdlet
{
    private ParameterCombination? _parameters;

    /// <inheritdoc/>
    /// <remarks>PowerShell asks after it has bound what has a name or a position of its own.</remarks>
    public virtual object? GetDynamicParameters() => Bound is { } bound
        ? new SurplusArgumentParameter(argument => RefuseArgument(bound, argument, []))
        : null;

    /// <summary>The parameters of a call; null where the cmdlet is only described.</summary>
    private protected ParameterCombination? Bound => MyInvocation.PipelinePosition > 0 ? _parameters : null;

    /// <summary>Ends the cmdlet while its parameters are bound.</summary>
    /// <remarks>PowerShell writes the name of a parameter before the message of its setter, and asks for missing parameters; but the first terminating error of a pipeline is the one that it shows.</remarks>
    private protected void Refuse(string message, object? argument, string id = "ParameterBindingFailed")
        => ThrowTerminatingError(new ErrorRecord(new ParameterBindingException(message), id, ErrorCategory.InvalidArgument, argument));

    /// <summary>Refuses an argument that no parameter takes. An unknown parameter comes as text with its dash.</summary>
    /// <param name="dynamic">The names of dynamic parameters.</param>
    private protected void RefuseArgument(ParameterCombination bound, object? argument, IEnumerable<string> dynamic)
    {
        if (PowerShellObject.Unwrap(argument) is string and ['-', >= 'A' and <= 'z', ..] text)
        {
            string name = text.TrimStart('-').TrimEnd(':');
            Refuse(bound.Unknown(name, dynamic), name, "NamedParameterNotFound");
        }
        else
        {
            Refuse(bound.Surplus(argument, MyInvocation.Line), argument);
        }
    }

    /// <summary>The value of a parameter that belongs to parameter sets, for its setter; the call is refused if the parameters bound so far belong to other sets.</summary>
    private protected T OfSet<T>(T value, [CallerMemberName] string parameter = "")
    {
        if (_parameters?.TryAdd(parameter) is { } conflict)
        {
            Refuse(conflict, value);
        }

        return value;
    }

    /// <summary>Text that a row of a table can give, for its setter: an empty cell is not given, but empty text and null on the command line clear.</summary>
    private protected string? Cell(string? text) => _parameters is not null ? text ?? "" : text is "" ? null : text;

    /// <inheritdoc cref="Cell(string?)"/>
    private protected LabelSet? Cell(LabelSet? labels) => _parameters is not null ? labels ?? LabelSet.None : labels is { Count: 0 } ? null : labels;

    /// <summary>A time span that a row of a table can give, for its setter: an empty cell is not given, and an empty value on the command line is refused.</summary>
    private protected TimeSpan Cell(TimeSpan span, [CallerMemberName] string parameter = "")
    {
        NonEmptyCell<object>(span == DurationArgumentAttribute.Empty ? null : span, parameter);
        return span;
    }

    /// <summary>A value that a row of a table can give, for its setter: an empty cell is not given, and an empty value on the command line is refused.</summary>
    private protected T? NonEmptyCell<T>(T? value, [CallerMemberName] string parameter = "")
    {
        bool isEmpty = value is null or "";
        if (isEmpty && _parameters is not null)
        {
            Refuse($"-{parameter} is empty. Check that its variable exists and has a value, or omit the parameter.", value);
        }

        return isEmpty ? default : value;
    }

    /// <summary>True when the user gave the parameter, with any value.</summary>
    private protected virtual bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>The value of a parameter; null when the user did not give it.</summary>
    private protected T? IfGiven<T>(T value, [CallerArgumentExpression(nameof(value))] string parameter = "")
        where T : struct
        => Given(parameter) ? value : null;

    /// <inheritdoc cref="IfGiven{T}(T, string)"/>
    private protected bool? IfGiven(SwitchParameter value, [CallerArgumentExpression(nameof(value))] string parameter = "")
        => Given(parameter) ? value.IsPresent : null;

    /// <summary>True when the first error ends the pipeline: <c>-ErrorAction Stop</c>, or the preference.</summary>
    private protected bool StopsAtError => ErrorPreference == ActionPreference.Stop;

    /// <summary>False when errors are not shown: <c>-ErrorAction SilentlyContinue</c> or <c>Ignore</c>, or the preference.</summary>
    private protected bool ShowsErrors => ErrorPreference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private ActionPreference ErrorPreference
    {
        get
        {
            const string Action = "ErrorAction";
            object? wanted = MyInvocation.BoundParameters.TryGetValue(Action, out object? given) ? given : SessionState.PSVariable.GetValue("ErrorActionPreference");
            return LanguagePrimitives.TryConvertTo(wanted, out ActionPreference preference) ? preference : ActionPreference.Continue;
        }
    }

    /// <summary>The value of a common switch; without it, that of the preference.</summary>
    private bool IsOn(string parameter, Func<bool> preference)
        => MyInvocation.BoundParameters.TryGetValue(parameter, out object? given) ? given is SwitchParameter { IsPresent: true } : preference();
}
