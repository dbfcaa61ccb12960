using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes nothing for an argument of the module that no completer or type completes. PowerShell offers the names of files there.</summary>
internal static class FilelessArgument
{
    /// <summary>A name of -Path that says that the text is no file.</summary>
    private const string ConnectionString = "ConnectionString";

    /// <summary>An empty list when no parameter takes the argument at the cursor, or one that nothing completes; null elsewhere.</summary>
    public static CommandCompletion? Of(Ast script, IScriptPosition cursor)
    {
        // A letter at the cursor makes an argument of an empty word.
        int offset = cursor.Offset - script.Extent.StartOffset;
        Ast typed = Parser.ParseInput(script.Extent.Text.Insert(offset, "x"), out _, out _);
        if (typed.FindAll(ast => ast is StringConstantExpressionAst && IsAt(ast, offset), searchNestedScriptBlocks: true).LastOrDefault() is not StringConstantExpressionAst word
            || ArgumentOf(word) is not { Parent: CommandAst command } argument
            || ModuleCommand.Of(command, CallerState.Current) is not { } cmdlet
            || command.CommandElements[0] == argument)
        {
            return null;
        }

        if (Completed(cmdlet, command, argument, offset) is not { } parameter)
        {
            return new CommandCompletion(new Collection<CompletionResult>(), -1, cursor.Offset, 0);
        }

        return word is { Parent: ArrayLiteralAst, StringConstantType: not StringConstantType.BareWord }
            ? QuotedListItem.Complete(cmdlet, parameter, command, script, word.Extent.StartOffset, offset)
            : null;
    }

    /// <summary>The element of the command that the word is, or is in a list of: <c>z</c>, <c>a, z</c> and <c>-Name:z</c>.</summary>
    private static CommandElementAst ArgumentOf(StringConstantExpressionAst word)
    {
        CommandElementAst argument = word;
        while (argument.Parent is ArrayLiteralAst or CommandParameterAst)
        {
            argument = (CommandElementAst)argument.Parent;
        }

        return argument;
    }

    /// <summary>The parameter of the argument, if a completer or its type completes it.</summary>
    private static ParameterMetadata? Completed(CmdletInfo cmdlet, CommandAst command, CommandElementAst argument, int offset)
    {
        CommandParameterAst? before = argument as CommandParameterAst ?? command.CommandElements[command.CommandElements.IndexOf(argument) - 1] as CommandParameterAst;

        // The binder gives the argument of an unknown parameter to the next position, and binds no dynamic parameters.
        string? name = before == argument || before is { Argument: null } && Find(cmdlet, before.ParameterName)?.SwitchParameter is not true
            ? before!.ParameterName
            : ModuleCommand.Arguments(command).FirstOrDefault(bound => bound.Value.Value is { } value && IsAt(value, offset)).Key;
        return name is not null
            && !name.Equals(ConnectionString, StringComparison.OrdinalIgnoreCase)
            && Find(cmdlet, name) is { } parameter
            && (parameter.SwitchParameter || IsEnum(parameter.ParameterType) || parameter.Attributes.Any(each => each is ArgumentCompleterAttribute or ValidateSetAttribute))
            ? parameter
            : null;
    }

    private static ParameterMetadata? Find(CmdletInfo cmdlet, string name)
        => cmdlet.Parameters.Values.Where(each => each.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase) || each.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)).MinBy(each => each.Name.Length);

    private static bool IsEnum(Type type)
    {
        Type element = type.GetElementType() ?? type;
        return (Nullable.GetUnderlyingType(element) ?? element).IsEnum;
    }

    private static bool IsAt(Ast ast, int offset) => ast.Extent.StartOffset <= offset && offset < ast.Extent.EndOffset;
}
