using Acornima;
using Acornima.Ast;

namespace ConnectorDb.ECharts;

/// <summary>Finds the names that the body of a function declares. Scripts of ECMAScript 5 have no other scopes.</summary>
internal sealed class DeclaredNames : AstVisitor
{
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    public static IReadOnlySet<string> In(Node body)
    {
        DeclaredNames names = new();
        names.Visit(body);
        return names._found;
    }

    protected override object? VisitVariableDeclaration(VariableDeclaration node)
        => node.Kind == VariableDeclarationKind.Var ? base.VisitVariableDeclaration(node) : throw new NotSupportedException($"The script has '{node.Kind}' at {node.Start}, whose scope is a block.");

    protected override object? VisitVariableDeclarator(VariableDeclarator node)
    {
        _found.Add(((Identifier)node.Id).Name);
        return node.Init is { } value ? Visit(value) : node;
    }

    protected override object? VisitFunctionDeclaration(FunctionDeclaration node)
    {
        _found.Add(node.Id!.Name);
        return node;
    }

    protected override object? VisitFunctionExpression(FunctionExpression node) => node;
}
