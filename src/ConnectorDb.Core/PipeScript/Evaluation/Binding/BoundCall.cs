using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;
using ConnectorDb.Core.PipeScript.Language;

namespace ConnectorDb.Core.PipeScript.Evaluation.Binding;

/// <summary>A call of a transform after its arguments were checked. Arguments are counted from 0.</summary>
internal sealed class BoundCall(SourceText source, Call call, IReadOnlyList<Plan> arguments, ScriptSettings settings, QueryBudget budget)
{
    public ScriptSettings Settings { get; } = settings;

    /// <summary>The budget of the query that the script is read for.</summary>
    public QueryBudget Budget { get; } = budget;

    /// <summary>The position of the call in the script.</summary>
    public int Position => call.NameSpan.Start;

    /// <summary>The argument was given or has a default.</summary>
    public bool Has(int argument) => argument < arguments.Count;

    /// <summary>The plan of an argument that the transform runs or inspects itself.</summary>
    public Plan Plan(int argument) => arguments[argument];

    /// <summary>Arguments that are evaluated for each datapoint.</summary>
    public ArgumentPlans Arguments(params int[] which) => new(Array.ConvertAll(which, argument => arguments[argument]));

    public DataValue Constant(int argument) => arguments[argument].Value!.Value;

    public double Number(int argument)
        => Conversion.TryNumber(Constant(argument), out double number) ? number : throw Error(argument, "is not a number");

    public long Integer(int argument)
        => Conversion.TryInteger(Constant(argument), out long integer) ? integer : throw Error(argument, "is not a whole number");

    public string Text(int argument)
        => Conversion.TryText(Constant(argument), out string text) ? text : throw Error(argument, "has no text");

    /// <summary>The exception for an argument that does not fit.</summary>
    /// <param name="problem">The problem, as it continues after the value.</param>
    public ScriptSyntaxException Error(int argument, string problem)
        => source.Error(
            argument < call.Arguments.Length ? call.Arguments[argument].Span : call.NameSpan,
            $"Argument {argument + 1} of {call.Name} does not fit: {ValueText.Short(Constant(argument))} {problem}.");
}
