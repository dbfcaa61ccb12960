using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Completes keys and values in the hashtables on a command line of the module. PowerShell runs no completer there, and offers files.
/// </summary>
internal static class HashtableCompletion
{
    /// <summary>The completions at the cursor; null when it is not in such a hashtable.</summary>
    public static CommandCompletion? Of(Ast script, IReadOnlyList<Token> tokens, IScriptPosition cursor)
    {
        int offset = cursor.Offset;
        if (script.FindAll(ast => ast is HashtableAst && IsIn(ast, offset), searchNestedScriptBlocks: true).LastOrDefault() is not HashtableAst table)
        {
            return null;
        }

        List<string> outer = [];
        Ast element = table;
        for (; element.Parent is not (null or CommandAst or CommandParameterAst or ScriptBlockAst); element = element.Parent)
        {
            if (element.Parent is HashtableAst around)
            {
                outer.Insert(0, TextOf(around.KeyValuePairs.First(pair => pair.Item2 == element).Item1));
            }
        }

        return element.Parent is { } parent && (parent as CommandAst ?? parent.Parent) is CommandAst command && ModuleCommand.Of(command, CallerState.Current) is { } cmdlet
            ? Complete(CompleterOf(cmdlet, command, element, out IDictionary bound), table, outer, tokens, offset, bound)
            : null;
    }

    private static CommandCompletion Complete(IHashtableCompleter? completer, HashtableAst table, List<string> outer, IReadOnlyList<Token> tokens, int offset, IDictionary bound)
    {
        Token? token = tokens.LastOrDefault(each => each.Extent.StartOffset < offset && offset <= each.Extent.EndOffset);
        bool isAfterEquals = tokens.LastOrDefault(each => each.Extent.EndOffset <= offset)?.Kind == TokenKind.Equals;
        Tuple<ExpressionAst, StatementAst>? pair = table.KeyValuePairs.LastOrDefault(each => each.Item1.Extent.StartOffset <= offset);
        bool isKey = pair is null || offset <= pair.Item1.Extent.EndOffset || token?.Kind is TokenKind.Semi or TokenKind.NewLine || (token is null && !isAfterEquals && offset > pair.Item2.Extent.EndOffset);

        // Some keys are keywords of PowerShell, such as from.
        bool isWord = token is StringToken || (token is not null && char.IsAsciiLetter(token.Text[0]));
        string quote = token?.Text is ['\'' or '"', ..] ? token.Text[..1] : isKey ? "" : "'";
        string word = token is StringToken text ? text.Value : isWord ? token!.Text : "";
        CompletionResult[] found;
        try
        {
            IEnumerable<CompletionItem> items = completer?.InHashtable(new HashtablePosition(outer, isKey ? null : TextOf(pair!.Item1), word, ValuesOf(table), bound)) ?? [];
            found = [.. items
                .Where(item => item.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(item => item.Text)
                .Select(item => item.ToResult(quote))];
        }
        catch (Exception)
        {
            // A key press must not fail.
            found = [];
        }

        int start = isWord ? token!.Extent.StartOffset : offset;
        return new CommandCompletion(new Collection<CompletionResult>(found), -1, start, isWord ? token!.Extent.EndOffset - start : 0);
    }

    /// <summary>True inside the braces; a hashtable without the closing brace ends where the script ends.</summary>
    private static bool IsIn(Ast table, int offset)
        => table.Extent.StartOffset + 1 < offset && (offset < table.Extent.EndOffset || (offset == table.Extent.EndOffset && !table.Extent.Text.EndsWith('}')));

    /// <summary>The values of a hashtable that are constants or variables.</summary>
    private static Hashtable ValuesOf(HashtableAst table)
    {
        SessionState session = CallerState.Current;
        Hashtable values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((ExpressionAst key, StatementAst value) in table.KeyValuePairs)
        {
            values[TextOf(key)] = value.Find(ast => ast is StringConstantExpressionAst or VariableExpressionAst, searchNestedScriptBlocks: false) switch
            {
                StringConstantExpressionAst text => text.Value,
                VariableExpressionAst variable => session.PSVariable.GetValue(variable.VariablePath.UserPath),
                _ => null,
            };
        }

        return values;
    }

    private static string TextOf(ExpressionAst key) => key is StringConstantExpressionAst text ? text.Value : key.Extent.Text;

    /// <summary>The completer of the parameter whose argument is, or contains, the element.</summary>
    private static IHashtableCompleter? CompleterOf(CmdletInfo cmdlet, CommandAst command, Ast element, out IDictionary bound)
    {
        bound = new Hashtable(StringComparer.OrdinalIgnoreCase);
        SessionState session = CallerState.Current;
        Type? completer = null;
        foreach ((string parameter, ParameterBindingResult argument) in ModuleCommand.Arguments(command))
        {
            bound[parameter] = argument.Value is VariableExpressionAst variable ? session.PSVariable.GetValue(variable.VariablePath.UserPath) : argument.ConstantValue;
            if (argument.Value is { } value && value.Extent.StartOffset <= element.Extent.StartOffset && element.Extent.EndOffset <= value.Extent.EndOffset)
            {
                completer = cmdlet.ImplementingType.GetProperty(parameter)?.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type;
            }
        }

        return completer is null ? null : Activator.CreateInstance(completer) as IHashtableCompleter;
    }
}
