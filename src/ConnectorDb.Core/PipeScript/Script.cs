using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Language;
using ConnectorDb.Core.PipeScript.Transforms;

namespace ConnectorDb.Core.PipeScript;

/// <summary>A parsed and checked script. It has no state and may be used by several threads.</summary>
public sealed class Script
{
    /// <summary>Maximum number of characters of a script.</summary>
    public const int MaxLength = 100_000;

    /// <summary>The most bytes of memory for each character of a script, in its tree and its plan: 84 in <c>$+$+$</c>.</summary>
    private const int BytesPerCharacter = 84;

    private readonly string _canonical;
    private readonly Plan _plan;
    private readonly ScriptSettings _settings;

    private Script(string text, string canonical, Plan plan, ScriptSettings settings)
    {
        Text = text;
        _canonical = canonical;
        _plan = plan;
        _settings = settings;
    }

    /// <summary>The text of the script.</summary>
    public string Text { get; }

    /// <summary>One datapoint comes out for each that goes in.</summary>
    public bool OneToOne => _plan is { OneToOne: true, Gathers: false };

    /// <summary>The value does not depend on the datapoints.</summary>
    public bool Constant => _plan.Constant;

    /// <summary>Nothing is remembered from datapoint to datapoint.</summary>
    public bool Stateless => _plan.Stateless;

    /// <summary>Looks at datapoints that come later.</summary>
    public bool Peek => _plan.Peek;

    /// <summary>Parses and checks a script.</summary>
    /// <param name="text">The script.</param>
    /// <param name="settings">Its limits; null for the defaults.</param>
    /// <param name="budget">The budget of the query; null for the limits of this process.</param>
    /// <exception cref="ScriptSyntaxException">The text is not a script; the message shows the place.</exception>
    /// <exception cref="QueryLimitException">The script or its regular expressions may take too much memory.</exception>
    public static Script Parse(string text, ScriptSettings? settings = null, QueryBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw new ScriptSyntaxException(string.Create(CultureInfo.InvariantCulture, $"The script has {text.Length} characters; at most {MaxLength} are allowed."), text[..MaxLength], 1, 1, 1);
        }

        settings ??= ScriptSettings.Default;
        budget ??= QueryBudget.Embedded;
        budget.Take(BytesPerCharacter * text.Length);
        SourceText source = new(text);
        Expression script = Parser.Parse(source);
        Plan plan = new Binder(source, settings, TransformCatalog.All, budget).Bind(script);
        return new Script(text, Printer.Print(script), plan, settings);
    }

    /// <summary>Starts an execution over one stream of datapoints.</summary>
    /// <param name="budget">The budget of the query; null for the limits of this process.</param>
    public ScriptExecution Start(QueryBudget? budget = null) => new(this, budget ?? QueryBudget.Embedded);

    /// <summary>Runs the script over blocks, which are read as the results are enumerated.</summary>
    /// <param name="input">The datapoints.</param>
    /// <param name="budget">The budget of the query; null for the limits of this process.</param>
    /// <exception cref="ScriptRuntimeException">A datapoint does not fit; the results before it were returned.</exception>
    /// <exception cref="QueryLimitException">A limit of the budget is reached.</exception>
    public IEnumerable<Block> Run(IEnumerable<Block> input, QueryBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Running(input, budget);
    }

    /// <inheritdoc cref="Run"/>
    public IAsyncEnumerable<Block> RunAsync(IAsyncEnumerable<Block> input, QueryBudget? budget = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return RunningAsync(input, budget, token);
    }

    /// <summary>The script in canonical form.</summary>
    public override string ToString() => _canonical;

    internal Node Activate(WorkingMemory memory) => _plan.Start(new Activation((ulong)(_settings.Seed ?? Random.Shared.NextInt64()), memory));

    private IEnumerable<Block> Running(IEnumerable<Block> input, QueryBudget? budget)
    {
        ScriptExecution run = Start(budget);
        foreach (Block block in input)
        {
            foreach (Block result in run.Push(block))
            {
                yield return result;
            }
        }

        foreach (Block result in run.Finish())
        {
            yield return result;
        }
    }

    private async IAsyncEnumerable<Block> RunningAsync(IAsyncEnumerable<Block> input, QueryBudget? budget, [EnumeratorCancellation] CancellationToken token)
    {
        ScriptExecution run = Start(budget);
        await foreach (Block block in input.WithCancellation(token).ConfigureAwait(false))
        {
            foreach (Block result in run.Push(block))
            {
                yield return result;
            }
        }

        foreach (Block result in run.Finish())
        {
            yield return result;
        }
    }
}
