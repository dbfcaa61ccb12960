using Acornima.Ast;

namespace ConnectorDb.ECharts;

/// <summary>Divides the function that makes the library into parts, without its exports and its calls that install.</summary>
internal sealed class LibraryParts
{
    private readonly string _source;
    private readonly Library _library;

    /// <summary>The functions, and the variables that have a value at once. A variable without one may stand for anything later.</summary>
    private readonly HashSet<string> _values;
    private readonly List<Part> _parts = [];

    private LibraryParts(string source, Library library)
    {
        (_source, _library) = (source, library);
        _values = [.. library.Statements.SelectMany(ValuesOf)];
    }

    /// <param name="source">The script.</param>
    /// <param name="library">Its library.</param>
    public static IReadOnlyList<Part> Of(string source, Library library)
    {
        LibraryParts parts = new(source, library);
        foreach (Statement statement in library.Statements)
        {
            parts.Add(statement);
        }

        return parts._parts;
    }

    private static IEnumerable<string> ValuesOf(Statement statement) => statement switch
    {
        FunctionDeclaration function => [function.Id!.Name],
        VariableDeclaration variables => variables.Declarations.Where(one => one.Init is not null).Select(NameOf),
        ForStatement { Init: VariableDeclaration variables } => ValuesOf(variables),
        _ => [],
    };

    private void Add(Statement statement)
    {
        switch (statement)
        {
            case FunctionDeclaration function:
                _parts.Add(new Part(TextOf(function), function.Id!.Name, OuterNames.In(function)));
                break;
            case VariableDeclaration variables:
                AddVariables(variables);
                break;
            case ForStatement { Init: VariableDeclaration variables } loop:
                AddVariables(variables);
                _parts.Add(new Part($"for({_source[variables.End..loop.End]}", null, OuterNames.In(loop.Body)));
                break;
            case ExpressionStatement { Expression: SequenceExpression sequence }:
                foreach (Expression expression in sequence.Expressions)
                {
                    Add(expression);
                }

                break;
            case ExpressionStatement { Expression: { } expression }:
                Add(expression);
                break;
            default:
                _parts.Add(new Part(TextOf(statement), null, OuterNames.In(statement)));
                break;
        }
    }

    private void AddVariables(VariableDeclaration variables)
        => _parts.AddRange(variables.Declarations.Select(one => new Part($"var {TextOf(one)};", NameOf(one), OuterNames.In(one))));

    private void Add(Expression expression)
    {
        if (_library.ExportOf(expression) is null && !_library.IsInstallCall(expression))
        {
            // A statement that begins with a function would be a declaration.
            string text = TextOf(expression);
            _parts.Add(new Part(text.StartsWith("function", StringComparison.Ordinal) ? $"({text});" : $"{text};", CompletedBy(expression), OuterNames.In(expression)));
        }
    }

    /// <summary>The class or object that an expression completes; null for one that does something else.</summary>
    private string? CompletedBy(Expression expression)
    {
        Node? completed = expression switch
        {
            AssignmentExpression assignment => BaseOf(assignment.Left),
            CallExpression { Callee: MemberExpression method } => BaseOf(method),
            CallExpression { Arguments: [Identifier first, ..] } => first,
            _ => null,
        };
        return completed is Identifier { Name: var name } && _values.Contains(name) ? name : null;
    }

    private static Node BaseOf(Node node) => node is MemberExpression member ? BaseOf(member.Object) : node;

    private static string NameOf(VariableDeclarator variable) => ((Identifier)variable.Id).Name;

    private string TextOf(Node node) => _source[node.Start..node.End];
}
