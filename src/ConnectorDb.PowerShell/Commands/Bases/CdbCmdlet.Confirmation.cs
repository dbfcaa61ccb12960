using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <content>Questions to the user.</content>
public abstract partial class CdbCmdlet
{
    /// <summary>Asks for confirmation of an action on something that must exist.</summary>
    /// <param name="target">The thing.</param>
    /// <param name="action">The text of the confirmation.</param>
    /// <param name="check">
    /// Throws if the thing is missing. It runs before -WhatIf and before a question to the user; otherwise the action itself reports the same.
    /// </param>
    private protected bool ShouldProcess(string target, string action, Action check)
    {
        if (IsQuestion)
        {
            check();
        }

        return ShouldProcess(target, action);
    }

    /// <inheritdoc cref="Cmdlet.ShouldProcess(string, string)"/>
    private protected new bool ShouldProcess(string target, string action) => Ask(() => base.ShouldProcess(target, action), "-Confirm:$false");

    /// <inheritdoc cref="Cmdlet.ShouldContinue(string, string)"/>
    private protected new bool ShouldContinue(string query, string caption) => Ask(() => base.ShouldContinue(query, caption), "-Force");

    /// <summary>Asks the user. Where nobody can answer, an error says how to continue without the question, and ends the cmdlet.</summary>
    private bool Ask(Func<bool> question, string answer)
    {
        try
        {
            return question();
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // Hosts without a user refuse with exceptions of many kinds.
            PSInvalidOperationException refused = new($"{MyInvocation.MyCommand.Name} asks before it continues, and nobody can answer in this session. Give {answer} to continue without a question.", error);
            ThrowTerminatingError(new ErrorRecord(refused, "InvalidOperation", ErrorCategory.InvalidOperation, null));
            throw;
        }
    }

    /// <summary>True when the input of the console has ended: a question would end the script without an error.</summary>
    private protected bool IsInputEnded => Host.Name == "ConsoleHost" && Console.IsInputRedirected && Console.In.Peek() < 0;

    /// <summary>True with -WhatIf: the cmdlet reports its actions and their errors, and changes nothing.</summary>
    private protected bool IsTrial => IsOn("WhatIf", () => LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference")));

    /// <summary>True when the action may not follow: with -WhatIf, and when the user is asked.</summary>
    private protected bool IsQuestion
        => IsTrial
            || IsOn("Confirm", () => LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("ConfirmPreference"), out ConfirmImpact limit)
                && limit != ConfirmImpact.None && GetType().GetCustomAttribute<CmdletAttribute>()!.ConfirmImpact >= limit);
}
