# Gives a test file the module, a store and a collection for what actions see. Dot-source it in BeforeAll with the place of the store.
param([string] $Place = 'in a file')

. "$PSScriptRoot/store.ps1" $Place
$seen = [System.Collections.Concurrent.BlockingCollection[object]]::new()

# Blocks the runspace, so that only code that runs elsewhere can end it.
function Receive-One { $one = $null; if ($seen.TryTake([ref] $one, 60000)) { $one } else { throw 'Nothing came.' } }

function Wait-Until([scriptblock] $Condition) {
    $end = [DateTime]::UtcNow.AddMinutes(1)
    while (-not (& $Condition)) {
        if ([DateTime]::UtcNow -gt $end) { throw "It did not become true: $Condition" }
        $null = [System.Threading.Thread]::Yield()
    }
}

# Another connection of the same kind, as a device.
function Connect-Device([string] $Name) {
    $server ? (Connect-Cdb -Url $server.Url -ApiKey (Get-CdbDevice $Name).ApiKey) : (Connect-Cdb -Path $store -As $Name)
}
