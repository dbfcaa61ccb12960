using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes a quoted text in a list, such as <c>rain, 'te</c>. PowerShell runs no completer there, and offers files.</summary>
internal static class QuotedListItem
{
    /// <param name="start">The offset of the quote in the script.</param>
    /// <param name="end">The offset of the cursor in the script.</param>
    public static CommandCompletion Complete(CmdletInfo cmdlet, ParameterMetadata parameter, CommandAst command, Ast script, int start, int end)
    {
        string text = script.Extent.Text;
        CompletionResult[] found = [];
        if (parameter.Attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type is { } type && Activator.CreateInstance(type) is IArgumentCompleter completer)
        {
            Hashtable bound = new(StringComparer.OrdinalIgnoreCase);
            foreach ((string name, ParameterBindingResult argument) in ModuleCommand.Arguments(command))
            {
                bound[name] = argument.ConstantValue;
            }

            found = [.. completer.CompleteArgument(cmdlet.Name, parameter.Name, text[start..end], command, bound)];
        }

        int length = end - start + (end < text.Length && text[end] == text[start] ? 1 : 0);
        return new CommandCompletion(new Collection<CompletionResult>(found), -1, script.Extent.StartOffset + start, length);
    }
}
