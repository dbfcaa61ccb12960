BeforeAll { . "$PSScriptRoot/store.ps1" }

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Install-CdbService' {
    It 'installs nothing with -WhatIf' {
        Install-CdbService $store -Start -WhatIf | Should -BeNullOrEmpty
    }

    It 'writes what defines the service into a folder' -Skip:$IsWindows {
        $scope = $IsMacOS ? 'CurrentUser' : 'AllUsers'
        $service = Install-CdbService $store -Name cellar -Scope $scope -DefinitionFolder "$TestDrive/units"
        $service.State | Should -Be 'Written'
        $service.DefinitionPath | Should -Exist
        Get-Content $service.DefinitionPath -Raw | Should -BeLike "*$store*"
    }

    It 'takes no secret' {
        { Install-CdbService -Setting @{ 'Kestrel:Certificates:Default:Password' = 'x' } -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidValue,*'
    }

    It 'looks at the configuration of the poller first' {
        "{`n`"items`": 3}" | Set-Content "$TestDrive/poll.json"
        { Install-CdbService -Poll "$TestDrive/poll.json" -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*line 2*'
    }
}
