using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>
/// Collects the values of the <c>$using:</c> variables of a script block that runs in another runspace. PowerShell expects them as
/// a table in the parameter <c>--%</c>, as thread jobs do.
/// </summary>
internal static class UsingValues
{
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
