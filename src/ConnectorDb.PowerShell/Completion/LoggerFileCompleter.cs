using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes open loggers; without any, the files of closed ones, which the same position takes.</summary>
public sealed class LoggerFileCompleter : IArgumentCompleter
{
    private readonly ObjectCompleter<CdbLogger> _open = new();
    private readonly FileCompleter _files = new();

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CompletionResult[] open = [.. _open.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)];
        bool isNamed = commandAst.CommandElements.OfType<CommandParameterAst>().Any(each => parameterName.StartsWith(each.ParameterName, StringComparison.OrdinalIgnoreCase));
        return open.Length > 0 || isNamed ? open : _files.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }
}
