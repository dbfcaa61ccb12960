using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <content>The parameters and preferences of a call.</content>
public abstract partial class CdbCmdlet
{
    private ParameterCombination? _parameters;
    private ErrorRecord? _refused;

    /// <inheritdoc/>
    /// <remarks>PowerShell asks after it has bound what has a name or a position of its own. Where it only describes the cmdlet, there is no pipeline.</remarks>
    public virtual object? GetDynamicParameters() => _parameters is { } bound && MyInvocation.PipelinePosition > 0
        ? new SurplusArgumentParameter(bound, TryRefuse)
        : null;

    /// <summary>Refuses the call when it begins, unless PowerShell asks for a parameter before.</summary>
    private bool TryRefuse(ErrorRecord error)
    {
        _refused = error;
        return _parameters!.IsComplete(Given, MyInvocation.ExpectingInput);
    }

    /// <summary>The value of a parameter that belongs to parameter sets, for its setter.</summary>
    /// <exception cref="SetValueException">The parameters bound so far belong to other sets.</exception>
    private protected T OfSet<T>(T value, [CallerMemberName] string parameter = "")
    {
        _parameters?.Add(parameter);
        return value;
    }

    /// <summary>Text that a row of a table can give, for its setter: an empty cell is not given, but empty text and null on the command line clear.</summary>
    private protected string? Cell(string? text) => _parameters is not null ? text ?? "" : text is "" ? null : text;

    /// <inheritdoc cref="Cell(string?)"/>
    private protected LabelSet? Cell(LabelSet? labels) => _parameters is not null ? labels ?? LabelSet.None : labels is { Count: 0 } ? null : labels;

    /// <summary>A value that a row of a table can give, for its setter: an empty cell is not given.</summary>
    /// <exception cref="SetValueException">It is empty on the command line.</exception>
    private protected T? NonEmptyCell<T>(T? value, [CallerMemberName] string parameter = "")
        => value is not null and not "" ? value
            : _parameters is null ? default
            : throw new SetValueException($"-{parameter} is empty. Check that its variable exists and has a value, or omit the parameter.");

    /// <summary>True when the user gave the parameter, with any value.</summary>
    private protected bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

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
