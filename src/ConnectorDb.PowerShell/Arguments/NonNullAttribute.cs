using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Refuses null, such as a variable without a value, with advice that PowerShell's own attribute does not have. Empty lists are taken.</summary>
public class NonNullAttribute : NullValidationAttributeBase
{
    protected sealed override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        object? given = PowerShellObject.Unwrap(arguments);
        if (IsMissing(given))
        {
            throw new ValidationMetadataException("It is empty. Give a value; if a variable stands there, check that it has one.");
        }

        if (given is IEnumerable elements and not string and not IDictionary)
        {
            int index = 0;
            foreach (object? element in elements)
            {
                index++;
                if (PowerShellObject.Unwrap(element) is null or "")
                {
                    throw new ValidationMetadataException($"Element {index} of the list is empty. Give values only; if a variable stands there, check that it has one.");
                }
            }
        }
    }

    private protected virtual bool IsMissing(object? given) => given is null;
}
