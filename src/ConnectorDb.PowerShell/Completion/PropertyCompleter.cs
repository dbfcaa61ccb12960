using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the properties of the objects in the pipeline: the columns of a CSV file, else those that PowerShell infers.</summary>
public sealed class PropertyCompleter : CdbCompleter
{
    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound)
    {
        CommandBaseAst[] before = Command?.Parent is PipelineAst pipeline ? [.. pipeline.PipelineElements.TakeWhile(each => each != Command)] : [];
        return before switch
        {
            [] => [],
            [CommandAst { CommandElements: [_, StringConstantExpressionAst file, ..] } first] when first.GetCommandName() is "Import-Csv" or "ipcsv" => Columns(file.Value),
            _ => Inferred(before),
        };
    }

    private static IEnumerable<CompletionItem> Columns(string file)
        => Engine.CsvColumns(CallerState.Current.Path.GetUnresolvedProviderPathFromPSPath(file)).Select(name => new CompletionItem(name, name, ""));

    private static IEnumerable<CompletionItem> Inferred(CommandBaseAst[] before)
    {
        string line = $"{string.Join(" | ", before.Select(each => each.Extent.Text))} | Select-Object -Property ";
        return from match in CommandCompletion.CompleteInput(line, line.Length, null).CompletionMatches
               where match.ResultType == CompletionResultType.Property
               select new CompletionItem(match.ListItemText, match.ListItemText, match.ToolTip);
    }
}
