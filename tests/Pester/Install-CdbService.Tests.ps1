BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Install-CdbService' {
    It 'installs nothing with -WhatIf' {
        Install-CdbService $store -Start -WhatIf | Should -BeNullOrEmpty
    }

    It 'writes the service definition into a folder' -Skip:$IsWindows {
        $scope = $IsMacOS ? 'CurrentUser' : 'AllUsers'
        $service = Install-CdbService $store -Name cellar -Scope $scope -DefinitionFolder "$TestDrive/units"
        $service.State | Should -Be 'Written'
        $service.DefinitionPath | Should -Exist
        Get-Content $service.DefinitionPath -Raw | Should -BeLike "*$store*"
    }

    Context 'on Windows, with the rights of an administrator' -Tag Windows -Skip:(-not [Environment]::IsPrivilegedProcess) {
        BeforeAll {
            $name = 'cdb-test-service'
            $folder = Join-Path $env:ProgramData $name
        }

        AfterEach {
            Uninstall-CdbService -Name $name -ErrorAction Ignore
            Remove-Item $folder -Recurse -Force -ErrorAction Ignore
        }

        It 'creates a data folder that other accounts cannot open, and reinstalls' {
            1..2 | ForEach-Object { (Install-CdbService -Name $name -WarningAction Ignore).State | Should -Be 'Stopped' }
            $rules = (Get-Acl $folder).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
            $rules.IdentityReference.Value | Sort-Object | Should -Be 'S-1-5-18', 'S-1-5-19', 'S-1-5-32-544'
        }

        It 'rejects a folder owned by another account, and installs nothing' {
            $null = New-Item $folder -ItemType Directory
            icacls.exe $folder /setowner '*S-1-5-32-545' /q | Out-Null
            { Install-CdbService -Name $name -WarningAction Ignore -ErrorAction Stop } | Should -Throw -ExpectedMessage '*made by another account*takeown.exe*'
            { Uninstall-CdbService -Name $name -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
        }
    }

    It 'warns about a file that the service account cannot read' {
        $poll = Join-Path (New-Item "$TestDrive/closed" -ItemType Directory) 'poll.json'
        '{"items": []}' | Set-Content $poll
        if (-not $IsWindows) {
            chmod 700 "$TestDrive/closed"
        }

        (Install-CdbService -Scope AllUsers -Poll $poll -WhatIf 3>&1) -join ' ' | Should -BeLike "*cannot read '*poll.json', because '*closed*' denies access to others. Move the file*"
    }

    It 'accepts no secret' {
        { Install-CdbService -Setting @{ 'Kestrel:Certificates:Default:Password' = 'x' } -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*'
    }

    It 'validates the poller configuration first' {
        "{`n`"items`": 3}" | Set-Content "$TestDrive/poll.json"
        { Install-CdbService -Poll "$TestDrive/poll.json" -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*line 2*'
    }
}
