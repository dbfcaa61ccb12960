using Acornima;
using Acornima.Ast;

namespace ConnectorDb.ECharts;

/// <summary>The module of Apache ECharts in the bundle of Vizor.ECharts: a call whose last argument is the function that makes the library.</summary>
internal sealed class Library
{
    private readonly FunctionExpression _factory;

    private Library(CallExpression module)
    {
        Module = module;
        _factory = (FunctionExpression)module.Arguments[^1];
        ExportedBy = ((Identifier)_factory.Params[0]).Name;
        Exports = Statements.OfType<ExpressionStatement>()
            .SelectMany(statement => statement.Expression is SequenceExpression sequence ? sequence.Expressions : (IEnumerable<Expression>)[statement.Expression])
            .Where(expression => ExportOf(expression) is not null)
            .ToDictionary(expression => ExportOf(expression)!, expression => ((AssignmentExpression)expression).Right);
        Installer = ((Identifier)Exports["use"]).Name;
    }

    public CallExpression Module { get; }

    /// <summary>The name of the object with the exports.</summary>
    public string ExportedBy { get; }

    public IReadOnlyList<Statement> Statements => [.. _factory.Body.Body];

    /// <summary>Where the statements are in the script.</summary>
    public System.Range Inside => (_factory.Body.Start + 1)..(_factory.Body.End - 1);

    /// <summary>The exported values, by name.</summary>
    public IReadOnlyDictionary<string, Expression> Exports { get; }

    /// <summary>The name of the function that installs parts of the library.</summary>
    public string Installer { get; }

    /// <summary>The installed parts, as functions or their names.</summary>
    public IReadOnlyList<Node> Installed => InstallCalls.In(_factory, Installer);

    /// <param name="bundle">The library and, separated by commas, scripts of others.</param>
    public static Library Of(string bundle)
    {
        SequenceExpression scripts = (SequenceExpression)((ExpressionStatement)new Parser().ParseScript(bundle).Body[0]).Expression;
        return new Library((CallExpression)((UnaryExpression)scripts.Expressions[0]).Argument);
    }

    /// <summary>The name that an expression exports; null if it does something else.</summary>
    public string? ExportOf(Expression expression)
        => expression is AssignmentExpression { Left: MemberExpression { Object: Identifier { Name: var owner }, Property: Identifier { Name: var name }, Computed: false } } && owner == ExportedBy ? name : null;

    public bool IsInstallCall(Expression expression) => expression is CallExpression { Callee: Identifier { Name: var name } } && name == Installer;
}
