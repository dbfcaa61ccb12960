using System.Collections;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes a script over the rows of a dataset: in <c>$("</c> the names of the columns.</summary>
public sealed class RowTransformCompleter : TransformCompleter
{
    private protected override IEnumerable<string> Members(IDictionary bound)
        => Command?.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false) is HashtableAst columns
            ? columns.KeyValuePairs.Select(pair => pair.Item1).OfType<StringConstantExpressionAst>().Select(name => name.Value)
            : [];
}
