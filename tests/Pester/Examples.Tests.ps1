# Every example of every help page runs, as it stands there.
BeforeDiscovery {
    $pages = Get-Item "$PSScriptRoot/../../docs/en-US/*.md"
    $fence = [regex]::new('(?ms)^```powershell *\r?\n(.*?)^```')

    $examples = foreach ($page in $pages | Where-Object Name -NotLike 'about_*') {
        foreach ($example in [regex]::Split((Get-Content $page -Raw), '(?m)^### (?=Example )') | Select-Object -Skip 1) {
            $section = [regex]::Split($example, '(?m)^#{2,3} ')[0]
            $code = $fence.Matches($section).ForEach{ $_.Groups[1].Value } -join "`n"
            if ($code) {
                @{ Page = $page.BaseName; Title = ($section -split '\r?\n')[0]; Code = $code }
            }
        }
    }

    $readme = Get-Item "$PSScriptRoot/../../README.md"
    $tours = foreach ($page in @($readme) + ($pages | Where-Object Name -Like 'about_*')) {
        # Tutorial.Tests.ps1 runs the tutorial.
        $text = (Get-Content $page -Raw) -replace '(?s)\n## Tutorial.*?(?=\n## )'
        $blocks = $fence.Matches($text).ForEach{ $_.Groups[1].Value } | Where-Object { $_ -notmatch 'build\.ps1|\./ConnectorDb\.psd1' }
        @{ Page = $page.BaseName; Code = $blocks -join "`n" }
    }
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Get-CdbConnection | Disconnect-Cdb
    Push-Location

    # The store of the user is another one here.
    function Invoke-Example([string] $Code, [string] $OwnStore) {
        $ErrorActionPreference = 'Stop'

        # An example that deletes asks a user, who is not here.
        $ConfirmPreference = 'None'
        $served = Get-CdbConnection | Select-Object -Last 1 -ExpandProperty Location
        $PSDefaultParameterValues = @{ 'Connect-Cdb:Path' = $OwnStore; 'Start-CdbServer:Path' = $served ?? $OwnStore }
        try {
            & ([scriptblock]::Create($Code)) | Out-String
        }
        catch {
            # No service is installed here, and on some machines none can be.
            if ($_.FullyQualifiedErrorId -notmatch '^(NotFound|NotAvailable),.*UninstallCdbServiceCommand$') { throw }
        }
    }

    # The streams that were there before the example, if it has not deleted them.
    function Add-NewDatapoint {
        $house = Connect-Cdb -Path ./house.cdb
        foreach ($name in 'temperature', 'rain') {
            if (Test-CdbItem $name -Connection $house) {
                (Get-CdbStream $name -Connection $house).Schema | Should -BeLike '*"number"*'
                Add-CdbDatapoint $name 1000 -Connection $house
            }
        }
    }
}

AfterAll { Pop-Location }

Describe 'The examples of the cmdlets' {
    BeforeEach { . "$PSScriptRoot/examples.ps1" }

    AfterEach {
        Stop-CdbLogger
        Get-CdbSubscription | Unregister-CdbSubscription
        Stop-CdbServer
        Get-CdbConnection | Disconnect-Cdb
        Set-Location $TestDrive
    }

    It '<Page>, <Title>' -ForEach $examples {
        { Invoke-Example $Code ./own.cdb } | Should -Not -Throw
        { Add-NewDatapoint } | Should -Not -Throw
    }
}

Describe 'The README and the help topics' {
    BeforeEach {
        $null = New-Item "$TestDrive/$Page" -ItemType Directory
        Set-Location "$TestDrive/$Page"
        "timestamp,value`n2026-01-31T18:00:00Z,20.5`n2026-01-31T19:00:00Z,23" | Set-Content ./office.csv
    }

    AfterEach {
        Stop-CdbLogger
        Get-CdbSubscription | Unregister-CdbSubscription
        Stop-CdbServer
        Get-CdbConnection | Disconnect-Cdb
        Set-Location $TestDrive
    }

    It '<Page>' -ForEach $tours {
        { Invoke-Example "Connect-Cdb`n$Code" ./own.cdb } | Should -Not -Throw
    }
}
