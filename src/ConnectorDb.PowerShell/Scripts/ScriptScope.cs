using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>
/// The variables, functions, aliases and modules that a script block names and its caller has. Functions are searched too, as they name
/// others. Variables with the prefix <c>script:</c> are the script's own.
/// </summary>
internal sealed class ScriptScope
{
    private const CommandTypes Callable = CommandTypes.Function | CommandTypes.Filter | CommandTypes.Alias | CommandTypes.Cmdlet;
    private static readonly HashSet<string> s_automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "args", "event", "eventArgs", "foreach", "input", "lastExitCode", "matches", "myInvocation", "psBoundParameters", "psCmdlet",
        "psCommandPath", "psDefaultParameterValues", "psItem", "psScriptRoot", "sender", "stackTrace", "subscription", "switch", "this",
    };

    private readonly SessionState[] _places;
    private readonly string _module;
    private readonly HashSet<string> _commands = new(StringComparer.OrdinalIgnoreCase);

    public ScriptScope(ScriptBlock script, ScriptCaller caller)
    {
        // A closure has its variables in a module of its own.
        _places = script.Module is { } own ? [own.SessionState, caller.Session] : [caller.Session];
        _module = caller.Module;
        Search(script.Ast, isFunction: false);
    }

    /// <summary>The variables by name.</summary>
    public Dictionary<string, PSVariable> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Script blocks that define the functions.</summary>
    public List<ScriptBlock> Functions { get; } = [];

    /// <summary>The aliases and their commands.</summary>
    public Dictionary<string, string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The paths of the modules.</summary>
    public HashSet<string> Modules { get; } = new(StringComparer.OrdinalIgnoreCase);

    private void Search(Ast part, bool isFunction)
    {
        foreach (VariableExpressionAst use in part.FindAll(node => node is VariableExpressionAst, searchNestedScriptBlocks: true).Cast<VariableExpressionAst>())
        {
            Add(use.VariablePath, isFunction);
        }

        foreach (CommandAst call in part.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (call.GetCommandName() is { } name)
            {
                AddCommand(name);
            }
            else
            {
                // A command that is known only at run time may be one of this module.
                Modules.Add(_module);
            }
        }
    }

    private void Add(VariablePath path, bool isFunction)
    {
        string name = path.UserPath[(path.UserPath.LastIndexOf(':') + 1)..];
        if (path.IsDriveQualified || s_automatic.Contains(name) || Variables.ContainsKey(name) || (path.IsScript && !isFunction))
        {
            return;
        }

        if (_places.Select(place => place.PSVariable.Get(path.UserPath)).FirstOrDefault(found => found is not null) is { } variable)
        {
            Variables[name] = variable;
        }
        else if (path.IsGlobal)
        {
            // The caller sees what the script sets.
            _places[^1].PSVariable.Set(path.UserPath, null);
            Variables[name] = _places[^1].PSVariable.Get(path.UserPath);
        }
    }

    private void AddCommand(string name)
    {
        // GetCommands loads no module, which can take seconds.
        if (!_commands.Add(name) || _places.SelectMany(place => place.InvokeCommand.GetCommands(name, Callable, nameIsPattern: false)).FirstOrDefault() is not { } command)
        {
            return;
        }

        if (command is AliasInfo alias)
        {
            Aliases[name] = alias.Definition;
            AddCommand(alias.Definition);
        }
        else if (command.Module is { } module && module.ExportedCommands.ContainsKey(command.Name) && File.Exists(module.Path))
        {
            if (!module.Path.StartsWith(Path.GetDirectoryName(typeof(PSObject).Assembly.Location)!, StringComparison.Ordinal))
            {
                Modules.Add(module.Path);
            }
        }
        else if (command is FunctionInfo function)
        {
            Functions.Add(Definition(function));
            Search(function.ScriptBlock.Ast, isFunction: true);
        }
    }

    /// <summary>The script that defines the function, with the file of the original, so that <c>$PSScriptRoot</c> stays.</summary>
    private static ScriptBlock Definition(FunctionInfo function)
    {
        string text = function.ScriptBlock.Ast is FunctionDefinitionAst whole ? whole.Extent.Text : $"function {function.Name} {{{function.Definition}}}";
        return Parser.ParseInput(text, function.ScriptBlock.File, out _, out _).GetScriptBlock();
    }
}
