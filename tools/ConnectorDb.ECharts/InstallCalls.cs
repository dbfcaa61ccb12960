using Acornima;
using Acornima.Ast;

namespace ConnectorDb.ECharts;

/// <summary>Finds the parts that the library installs into itself: kinds of charts, components of them, and the way to paint.</summary>
internal sealed class InstallCalls : AstVisitor
{
    private readonly string _installer;
    private readonly List<Node> _found = [];

    private InstallCalls(string installer) => _installer = installer;

    /// <param name="factory">Where to look, also in what is installed.</param>
    /// <param name="installer">The name of the function that installs.</param>
    public static IReadOnlyList<Node> In(Node factory, string installer)
    {
        InstallCalls calls = new(installer);
        calls.Visit(factory);
        return calls._found;
    }

    protected override object? VisitCallExpression(CallExpression node)
    {
        if (node.Callee is Identifier { Name: var name } && name == _installer)
        {
            _found.AddRange(node.Arguments is [ArrayExpression list] ? list.Elements! : node.Arguments);
        }

        return base.VisitCallExpression(node);
    }
}
