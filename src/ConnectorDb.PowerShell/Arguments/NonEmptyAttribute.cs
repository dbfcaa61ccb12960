using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Refuses an empty argument, such as that of a variable without a value, with advice that PowerShell's own attribute does not have.</summary>
public sealed class NonEmptyAttribute : NullValidationAttributeBase
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        object? given = PowerShellObject.Unwrap(arguments);
        if (IsEmpty(given))
        {
            throw new ValidationMetadataException("It is empty. Give a value; if a variable stands there, check that it has one.");
        }

        if (given is IEnumerable and not string && given is not IDictionary)
        {
            int index = 0;
            foreach (object? element in (IEnumerable)given)
            {
                index++;
                if (PowerShellObject.Unwrap(element) is null or "")
                {
                    throw new ValidationMetadataException($"Element {index} of the list is empty. Give values only; if a variable stands there, check that it has one.");
                }
            }
        }
    }

    private static bool IsEmpty(object? given) => given is null or "" or ICollection { Count: 0 } || (given is IList { Count: 1 } one && PowerShellObject.Unwrap(one[0]) is null or "");
}
