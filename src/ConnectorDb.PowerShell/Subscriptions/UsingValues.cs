using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>
/// What <c>$using:</c> means in a script block that runs in another runspace: the values that the variables have where it was
/// written. PowerShell looks them up in a table that it is handed as the parameter <c>--%</c>, as it is done for thread jobs.
/// </summary>
internal static class UsingValues
{
    public const string Parameter = "--%";

    public static Hashtable Of(ScriptBlock action, SessionState caller)
    {
        Hashtable values = [];
        foreach (UsingExpressionAst use in action.Ast.FindAll(node => node is UsingExpressionAst, searchNestedScriptBlocks: true).Cast<UsingExpressionAst>())
        {
            if (use.SubExpression is VariableExpressionAst variable)
            {
                values[Key(use)] = caller.PSVariable.GetValue(variable.VariablePath.UserPath);
            }
        }

        return values;
    }

    private static string Key(UsingExpressionAst use) => Convert.ToBase64String(Encoding.Unicode.GetBytes(use.ToString().ToLowerInvariant()));
}
