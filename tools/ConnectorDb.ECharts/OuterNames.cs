using Acornima;
using Acornima.Ast;

namespace ConnectorDb.ECharts;

/// <summary>Finds the names from outside that a piece of a script uses.</summary>
internal sealed class OuterNames : AstVisitor
{
    private readonly Stack<IReadOnlySet<string>> _scopes = new();
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    public static IReadOnlySet<string> In(Node piece)
    {
        OuterNames names = new();
        names.Visit(piece);
        return names._found;
    }

    protected override object? VisitIdentifier(Identifier node)
    {
        if (!_scopes.Any(scope => scope.Contains(node.Name)))
        {
            _found.Add(node.Name);
        }

        return node;
    }

    protected override object? VisitMemberExpression(MemberExpression node)
    {
        Visit(node.Object);
        return node.Computed ? Visit(node.Property) : node;
    }

    protected override object? VisitObjectProperty(ObjectProperty node)
    {
        if (node.Computed)
        {
            Visit(node.Key);
        }

        return Visit(node.Value);
    }

    protected override object? VisitLabeledStatement(LabeledStatement node) => Visit(node.Body);

    protected override object? VisitBreakStatement(BreakStatement node) => node;

    protected override object? VisitContinueStatement(ContinueStatement node) => node;

    protected override object? VisitFunctionDeclaration(FunctionDeclaration node) => VisitFunction(node.Params, node.Body, "arguments");

    protected override object? VisitFunctionExpression(FunctionExpression node) => VisitFunction(node.Params, node.Body, "arguments", node.Id?.Name ?? "arguments");

    protected override object? VisitCatchClause(CatchClause node)
    {
        _scopes.Push(new HashSet<string>(node.Param is Identifier error ? [error.Name] : []));
        Visit(node.Body);
        _scopes.Pop();
        return node;
    }

    private Node VisitFunction(in NodeList<Node> parameters, Node body, params string[] own)
    {
        _scopes.Push(new HashSet<string>([.. DeclaredNames.In(body), .. parameters.Select(parameter => ((Identifier)parameter).Name), .. own]));
        Visit(body);
        _scopes.Pop();
        return body;
    }
}
