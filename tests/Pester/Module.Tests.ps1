# The module in runspaces: views and default properties come with the module and go with it.
BeforeAll {
    . "$PSScriptRoot/store.ps1"
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'The module' {
    It 'contains no file that an execution policy can block' {
        $folder = Split-Path $manifest
        Get-ChildItem "$folder/*.ps1xml", "$folder/*.psm1" | Should -BeNullOrEmpty
        Get-ChildItem "$folder/bin", "$folder/en-US" -Recurse | Where-Object Extension -In '.ps1', '.psm1', '.ps1xml', '.cdxml' | Should -BeNullOrEmpty
        (Import-PowerShellDataFile $manifest).Keys | Where-Object { $_ -in 'FormatsToProcess', 'TypesToProcess', 'ScriptsToProcess', 'NestedModules' } | Should -BeNullOrEmpty
    }

    It 'tells an older PowerShell which version it needs, before it loads anything' {
        $needed = Test-ModuleManifest $manifest
        $needed.PowerShellVersion | Should -Be '7.6'
        $needed.CompatiblePSEditions | Should -Be 'Core'

        # The same manifest for a PowerShell that does not exist yet, without its assemblies.
        $newer = New-Item -ItemType Directory (Join-Path $TestDrive 'newer/ConnectorDb') -Force
        (Get-Content $manifest -Raw) -replace "(PowerShellVersion\s*=\s*)'7\.6'", "`$1'99.0'" | Set-Content "$newer/ConnectorDb.psd1"
        $said = & "$PSScriptRoot/../../tools/pwsh.ps1" -NoProfile -Command "try { Import-Module '$newer' -ErrorAction Stop } catch { `$_.Exception.Message }"
        $said | Should -BeLike "*ConnectorDb*requires a minimum PowerShell version of '99.0'*"
    }

    It 'shows its objects as tables' {
        (Get-CdbTransform abs | Out-String) | Should -Match '^\s*Name\s+Arguments\s+Description'
    }

    It 'hides the key of a device' {
        $null = New-CdbDevice pi -ErrorAction Ignore
        (Get-CdbDevice pi | Format-List | Out-String) | Should -Not -Match 'ApiKey'
        (Get-CdbDevice pi).ApiKey | Should -Not -BeNullOrEmpty
    }

    It 'shows tables in the runspaces of ForEach-Object -Parallel' {
        $shown = 1..3 | ForEach-Object -Parallel { Import-Module $using:manifest; Get-CdbTransform abs | Out-String }
        $shown.Count | Should -Be 3
        $shown | Should -Match '^\s*Name\s+Arguments\s+Description'
    }

    It 'shows tables in the runspace of Start-ThreadJob' {
        Start-ThreadJob { Import-Module $using:manifest; Get-CdbTransform abs | Out-String } | Receive-Job -Wait |
            Should -Match '^\s*Name\s+Arguments\s+Description'
    }

    It 'shows tables in a session with constrained language' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.LanguageMode = 'ConstrainedLanguage'
        $state.ImportPSModule($manifest)
        $shell = [powershell]::Create($state)
        try {
            $shell.AddScript('Get-CdbTransform abs | Out-String').Invoke() | Should -Match '^\s*Name\s+Arguments\s+Description'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'removes its own views and default properties when it is removed' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript({
                    param($Manifest)
                    Update-TypeData -TypeName ConnectorDb.CdbDevice -MemberType NoteProperty -MemberName Shelf -Value 3
                    $before = (Get-FormatData).Count
                    foreach ($time in 1..2) {
                        Import-Module $Manifest -Force
                        Remove-Module ConnectorDb
                    }

                    $state = [runspace]::DefaultRunspace.InitialSessionState
                    [pscustomobject]@{
                        Added      = (Get-FormatData).Count - $before
                        Views      = @(Get-FormatData 'ConnectorDb.*').Count
                        Properties = @((Get-TypeData ConnectorDb.CdbDevice).DefaultDisplayPropertySet).Where({ $_ }).Count
                        Shelf      = (Get-TypeData ConnectorDb.CdbDevice).Members.Shelf.Value
                        Entries    = @($state.Formats | Where-Object { $_.FormatData.TypeName -like 'ConnectorDb.*' }).Count
                    }
                }.ToString()).AddArgument($manifest)
            $left = $shell.Invoke()[0]
            $left.Added | Should -Be 0
            $left.Views | Should -Be 0
            $left.Properties | Should -Be 0
            $left.Entries | Should -Be 0
            $left.Shelf | Should -Be 3
        }
        finally {
            $shell.Dispose()
        }
    }
}
