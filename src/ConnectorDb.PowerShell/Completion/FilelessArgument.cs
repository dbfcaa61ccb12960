using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes nothing for an argument of the module that cannot be a file. PowerShell offers the names of files there.</summary>
internal static class FilelessArgument
{
    /// <summary>An empty list when no parameter takes the argument at the cursor, or one that takes neither text nor has a completer; null elsewhere.</summary>
    public static CommandCompletion? Of(Ast script, IScriptPosition cursor)
    {
        // A letter at the cursor makes an argument of an empty word.
        int offset = cursor.Offset - script.Extent.StartOffset;
        Ast typed = Parser.ParseInput(script.Extent.Text.Insert(offset, "x"), out _, out _);
        return typed.FindAll(ast => ast is StringConstantExpressionAst && IsAt(ast, offset), searchNestedScriptBlocks: true).LastOrDefault() is StringConstantExpressionAst { Parent: CommandAst command } word
            && ModuleCommand.Of(command, CallerState.Current) is { } cmdlet
            && command.CommandElements[0] != word
            && !CanBeFile(cmdlet, command, word, offset)
            ? new CommandCompletion(new Collection<CompletionResult>(), -1, cursor.Offset, 0)
            : null;
    }

    private static bool CanBeFile(CmdletInfo cmdlet, CommandAst command, StringConstantExpressionAst word, int offset)
    {
        string? name = ModuleCommand.Arguments(command).FirstOrDefault(bound => bound.Value.Value is { } value && IsAt(value, offset)).Key;
        if (name is null || !cmdlet.Parameters.TryGetValue(name, out ParameterMetadata? parameter))
        {
            // Only the running cmdlet knows its dynamic parameters.
            return command.CommandElements[command.CommandElements.IndexOf(word) - 1] is CommandParameterAst { Argument: null };
        }

        Type type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        return type == typeof(string) || type == typeof(object) || (Nullable.GetUnderlyingType(type) ?? type).IsEnum || parameter.Attributes.Any(each => each is ArgumentCompleterAttribute);
    }

    private static bool IsAt(Ast ast, int offset) => ast.Extent.StartOffset <= offset && offset < ast.Extent.EndOffset;
}
