using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Puts <see cref="HashtableCompletion"/> and <see cref="FilelessArgument"/> before the function TabExpansion2 of a runspace, which hosts call
/// for each completion. It has no other extension for them.
/// </summary>
public static class TabExpansion
{
    private const string Function = "Function:global:TabExpansion2";

    private const string Script = """
        [CmdletBinding(DefaultParameterSetName = 'ScriptInputSet')]
        [OutputType([System.Management.Automation.CommandCompletion])]
        param(
            [Parameter(ParameterSetName = 'ScriptInputSet', Mandatory = $true, Position = 0)] [AllowEmptyString()] [string] $inputScript,
            [Parameter(ParameterSetName = 'ScriptInputSet', Position = 1)] [int] $cursorColumn = $inputScript.Length,
            [Parameter(ParameterSetName = 'AstInputSet', Mandatory = $true, Position = 0)] [System.Management.Automation.Language.Ast] $ast,
            [Parameter(ParameterSetName = 'AstInputSet', Mandatory = $true, Position = 1)] [System.Management.Automation.Language.Token[]] $tokens,
            [Parameter(ParameterSetName = 'AstInputSet', Mandatory = $true, Position = 2)] [System.Management.Automation.Language.IScriptPosition] $positionOfCursor,
            [Parameter(ParameterSetName = 'ScriptInputSet', Position = 2)] [Parameter(ParameterSetName = 'AstInputSet', Position = 3)] [Hashtable] $options = $null
        )
        $found = if ($ast) { [ConnectorDb.PowerShell.Completion.TabExpansion]::Own($ast, $tokens, $positionOfCursor) }
            else { [ConnectorDb.PowerShell.Completion.TabExpansion]::Own($inputScript, $cursorColumn) }
        if ($found) { $found } else { & ([ConnectorDb.PowerShell.Completion.TabExpansion]::Before) @PSBoundParameters }
        """;

    private static readonly ConditionalWeakTable<Runspace, ScriptBlock> s_before = [];

    /// <summary>The function that the runspace had before the module.</summary>
    public static ScriptBlock? Before => s_before.TryGetValue(Runspace.DefaultRunspace, out ScriptBlock? before) ? before : null;

    /// <summary>The completions of the module; null where PowerShell completes.</summary>
    public static CommandCompletion? Own(string inputScript, int cursorColumn)
    {
        Tuple<Ast, Token[], IScriptPosition> parsed = CommandCompletion.MapStringInputToParsedInput(inputScript, cursorColumn);
        return Own(parsed.Item1, parsed.Item2, parsed.Item3);
    }

    /// <inheritdoc cref="Own(string, int)"/>
    public static CommandCompletion? Own(Ast ast, Token[] tokens, IScriptPosition positionOfCursor)
        => HashtableCompletion.Of(ast, tokens, positionOfCursor) ?? FilelessArgument.Of(ast, positionOfCursor);

    /// <summary>Changes the function, if the runspace has it and runs scripts.</summary>
    internal static void Add()
    {
        SessionState session = CallerState.Current;
        if (session.LanguageMode == PSLanguageMode.FullLanguage && Current(session) is { } before && before.ToString() != Script)
        {
            s_before.AddOrUpdate(Runspace.DefaultRunspace, before);
            session.PSVariable.Set(Function, ScriptBlock.Create(Script));
        }
    }

    /// <summary>Restores the function, unless another module changed it since.</summary>
    internal static void Remove()
    {
        SessionState session = CallerState.Current;
        if (Before is { } before && Current(session)?.ToString() == Script)
        {
            session.PSVariable.Set(Function, before);
        }
    }

    private static ScriptBlock? Current(SessionState session) => session.PSVariable.GetValue(Function) as ScriptBlock;
}
